import { AwsError, constraintBroken } from '../aws-error';
import { onlyMembers, requiredString } from '../json-request';
import { jsonService, type JsonAction } from '../json-service';
import type { JsonObject } from '../resource';
import type { LocalAws, LocalRequest, Service } from '../service';
import { authorizedGroup, getStream } from './group-of-request';
import { appendEvents, appendStream, readStreams, type LogEvent } from './log-file';
import { createLogGroup, findLogGroup, logGroupArn } from './log-groups';
import { describeGroups, describeStreams, digits, filterEvents, getEvents } from './read-actions';
import { sortOut } from './rejected-events';

/** CloudWatch Logs, as far as a function writes it and a person reads it. https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/ */
export function logsService(local: LocalAws): Service {
  return jsonService(local, 'logs', actions);
}

/** By name. */
export const actions: ReadonlyMap<string, JsonAction> = new Map<string, JsonAction>([
  ['CreateLogGroup', createGroup],
  ['CreateLogStream', createStream],
  ['DescribeLogGroups', describeGroups],
  ['DescribeLogStreams', describeStreams],
  ['FilterLogEvents', filterEvents],
  ['GetLogEvents', getEvents],
  ['PutLogEvents', putEvents],
]);

function createGroup(local: LocalAws, request: LocalRequest, input: JsonObject): object {
  onlyMembers('logs:CreateLogGroup', input, ['logGroupName']);
  const name = requiredString(input, 'logGroupName');
  request.authorize('logs:CreateLogGroup', `${logGroupArn(local, request.region, name)}:*`);
  createLogGroup(local, request.region, name);
  return {};
}

function createStream(local: LocalAws, request: LocalRequest, input: JsonObject): object {
  onlyMembers('logs:CreateLogStream', input, ['logGroupName', 'logStreamName']);
  const stream = requiredString(input, 'logStreamName');
  if (!/^[^:*]{1,512}$/.test(stream)) throw new AwsError('InvalidParameterException', constraintBroken('logStreamName', stream, 'satisfy regular expression pattern: [^:*]*'));
  const group = authorizedGroup(local, request, 'CreateLogStream', input, stream);
  if (readStreams(local, request.region, group).has(stream)) throw new AwsError('ResourceAlreadyExistsException', 'The specified log stream already exists');
  appendStream(local, request.region, group, stream);
  return {};
}

/** The sequence token has been without effect since 2023. */
function putEvents(local: LocalAws, request: LocalRequest, input: JsonObject): object {
  onlyMembers('logs:PutLogEvents', input, ['logGroupName', 'logStreamName', 'logEvents', 'sequenceToken']);
  const stream = requiredString(input, 'logStreamName');
  const group = authorizedGroup(local, request, 'PutLogEvents', input, stream);
  getStream(local, request.region, group, stream);
  const events = givenEvents(input, stream);
  const { kept, rejected } = sortOut(events, findLogGroup(local, request.region, group)?.retentionInDays ?? null, Date.now());
  appendEvents(local, request.region, group, kept);
  return { nextSequenceToken: digits(1), ...(rejected === null ? {} : { rejectedLogEventsInfo: rejected }) };
}

function givenEvents({ logEvents }: JsonObject, stream: string): readonly LogEvent[] {
  if (!Array.isArray(logEvents) || logEvents.length === 0) throw new AwsError('InvalidParameterException', constraintBroken('logEvents', '[]', 'have length greater than or equal to 1'));
  const ingested = Date.now();
  const events = logEvents.map((event) => {
    const { timestamp, message } = event as { readonly timestamp?: unknown; readonly message?: unknown };
    if (typeof timestamp !== 'number' || typeof message !== 'string' || message === '') throw new AwsError('InvalidParameterException', 'A log event has a timestamp and a message.');
    return { timestamp, stream, message, ingested };
  });
  if (events.some(({ timestamp }, index) => timestamp < (events[index - 1]?.timestamp ?? timestamp))) {
    throw new AwsError('InvalidParameterException', 'Log events in a single PutLogEvents request must be in chronological order.');
  }
  return events;
}
