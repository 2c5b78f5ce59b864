import { AwsError } from '../aws-error';
import { optionalString, requiredString } from '../json-request';
import type { JsonObject } from '../resource';
import type { LocalAws, LocalRequest } from '../service';
import { readStreams, type LogEvent } from './log-file';
import { findLogGroup, getLogGroup, logGroupArn } from './log-groups';
import { day } from './rejected-events';

/**
 * The group that the request names, once the caller may `action` it.
 *
 * @throws AwsError ResourceNotFoundException
 */
export function authorizedGroup(local: LocalAws, request: LocalRequest, action: string, input: JsonObject, stream: string | null): string {
  if (input['logGroupIdentifier'] !== undefined && input['logGroupName'] !== undefined) throw new AwsError('ValidationException', 'LogGroup name and LogGroup ARN are mutually exclusive parameters.');
  const name = (optionalString(input, 'logGroupIdentifier') ?? requiredString(input, 'logGroupName')).replace(/^arn:aws:logs:[^:]+:\d{12}:log-group:/, '').replace(/:\*$/, '');
  request.authorize(`logs:${action}`, `${logGroupArn(local, request.region, name)}:${stream === null ? '*' : `log-stream:${stream}`}`);
  return getLogGroup(local, request.region, name).name;
}

/** @throws AwsError ResourceNotFoundException */
export function getStream(local: LocalAws, region: string, group: string, stream: string): readonly LogEvent[] {
  const found = readStreams(local, region, group).get(stream);
  if (found === undefined) throw new AwsError('ResourceNotFoundException', 'The specified log stream does not exist.');
  return found.events.filter(isKept(local, region, group));
}

/** Whether the group's retention has not ended the event. */
export function isKept(local: LocalAws, region: string, group: string): (event: LogEvent) => boolean {
  const days = findLogGroup(local, region, group)?.retentionInDays ?? null;
  const oldest = days === null ? Number.NEGATIVE_INFINITY : Date.now() - days * day;
  return ({ timestamp }) => timestamp >= oldest;
}
