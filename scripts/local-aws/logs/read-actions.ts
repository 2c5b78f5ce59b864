import { AwsError, constraintBroken, unsupported } from '../aws-error';
import { onlyMembers, optionalString, requiredString } from '../json-request';
import type { JsonObject } from '../resource';
import type { LocalAws, LocalRequest } from '../service';
import { authorizedGroup, isKept, getStream } from './group-of-request';
import { readEvents, readStreams, storedBytes, type LogEvent } from './log-file';
import { logGroupArn, logGroups } from './log-groups';

/** @see https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_DescribeLogGroups.html */
export function describeGroups(local: LocalAws, request: LocalRequest, input: JsonObject): object {
  onlyMembers('logs:DescribeLogGroups', input, ['logGroupNamePrefix', 'limit', 'nextToken']);
  request.authorize('logs:DescribeLogGroups', `${logGroupArn(local, request.region, '')}:*`);
  const prefix = optionalString(input, 'logGroupNamePrefix') ?? '';
  const groups = [...logGroups(local).values()].filter(({ region, name }) => region === request.region && name.startsWith(prefix)).toSorted((a, b) => order(a.name, b.name));
  const { entries, nextToken } = page(groups, input, 50);
  return {
    logGroups: entries.map(({ name, created, retentionInDays, kmsKeyId }) => ({
      logGroupName: name, creationTime: created, arn: `${logGroupArn(local, request.region, name)}:*`, logGroupArn: logGroupArn(local, request.region, name),
      logGroupClass: 'STANDARD', metricFilterCount: 0, storedBytes: storedBytes(local, request.region, name), deletionProtectionEnabled: false, ...(retentionInDays === null ? {} : { retentionInDays }), ...(kmsKeyId === undefined ? {} : { kmsKeyId }),
    })),
    ...nextToken,
  };
}

/** @see https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_DescribeLogStreams.html */
export function describeStreams(local: LocalAws, request: LocalRequest, input: JsonObject): object {
  onlyMembers('logs:DescribeLogStreams', input, ['logGroupName', 'logGroupIdentifier', 'logStreamNamePrefix', 'orderBy', 'descending', 'limit', 'nextToken']);
  const group = authorizedGroup(local, request, 'DescribeLogStreams', input, null);
  const prefix = optionalString(input, 'logStreamNamePrefix') ?? '';
  const byTime = input['orderBy'] === 'LastEventTime';
  if (byTime && prefix !== '') throw new AwsError('InvalidParameterException', 'Cannot order by LastEventTime with a logStreamNamePrefix.');
  const streams = [...readStreams(local, request.region, group)].map(([name, { created, events }]) => ({ name, created, first: events[0]?.timestamp, last: events.at(-1) }));
  const sorted = streams.filter(({ name }) => name.startsWith(prefix)).toSorted((a, b) => (byTime ? (a.last?.timestamp ?? 0) - (b.last?.timestamp ?? 0) : order(a.name, b.name)));
  const { entries, nextToken } = page(input['descending'] === true ? sorted.toReversed() : sorted, input, 50);
  return {
    logStreams: entries.map(({ name, created, first, last }) => ({
      logStreamName: name, creationTime: created, firstEventTimestamp: first, lastEventTimestamp: last?.timestamp, lastIngestionTime: last && ingestionTime(last), uploadSequenceToken: last && digits(1), storedBytes: 0, arn: `${logGroupArn(local, request.region, group)}:log-stream:${name}`,
    })),
    ...nextToken,
  };
}

/** @see https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_FilterLogEvents.html */
export function filterEvents(local: LocalAws, request: LocalRequest, input: JsonObject): object {
  onlyMembers('logs:FilterLogEvents', input, ['logGroupName', 'logGroupIdentifier', 'filterPattern', 'logStreamNames', 'logStreamNamePrefix', 'startTime', 'endTime', 'limit', 'nextToken', 'interleaved']);
  const group = authorizedGroup(local, request, 'FilterLogEvents', input, null);
  const matches = matching(optionalString(input, 'filterPattern'));
  const names = Array.isArray(input['logStreamNames']) ? input['logStreamNames'].map(String) : null;
  const prefix = optionalString(input, 'logStreamNamePrefix') ?? '';
  const events = readEvents(local, request.region, group)
    .map((event, index) => ({ ...event, eventId: digits(index) }))
    .filter(isKept(local, request.region, group))
    .filter(inTime(input))
    .filter((event) => matches(event) && (names?.includes(event.stream) ?? true) && event.stream.startsWith(prefix));
  const { entries, nextToken } = page(events, input, 10_000);
  return {
    events: entries.map((event) => ({ eventId: event.eventId, logStreamName: event.stream, timestamp: event.timestamp, ingestionTime: ingestionTime(event), message: event.message })),
    searchedLogStreams: [],
    ...nextToken,
  };
}

/** Who has come to the end gets the token back that was sent, by which a reader knows it. */
export function getEvents(local: LocalAws, request: LocalRequest, input: JsonObject): object {
  onlyMembers('logs:GetLogEvents', input, ['logGroupName', 'logGroupIdentifier', 'logStreamName', 'startTime', 'endTime', 'limit', 'nextToken', 'startFromHead']);
  const stream = requiredString(input, 'logStreamName');
  const group = authorizedGroup(local, request, 'GetLogEvents', input, stream);
  const events = getStream(local, request.region, group, stream).filter(inTime(input)).filter(({ timestamp }) => timestamp !== input['endTime']);
  const limit = limitOf(input, 10_000);
  const token = /^([fb])\/(\d+)$/.exec(optionalString(input, 'nextToken') ?? (input['startFromHead'] === true ? 'f/0' : `b/${events.length}`));
  if (token === null) throw invalidToken();
  const at = Math.min(Number(token[2]), events.length);
  const [start, end] = token[1] === 'f' ? [at, Math.min(at + limit, events.length)] : [Math.max(0, at - limit), at];
  return {
    events: events.slice(start, end).map((event) => ({ timestamp: event.timestamp, ingestionTime: ingestionTime(event), message: event.message })),
    nextForwardToken: `f/${digits(end)}`,
    nextBackwardToken: `b/${digits(start)}`,
  };
}

function page<Entry>(all: readonly Entry[], input: JsonObject, usual: number): { readonly entries: readonly Entry[]; readonly nextToken: { readonly nextToken?: string } } {
  const start = Number(optionalString(input, 'nextToken') ?? 0);
  if (!Number.isInteger(start) || start < 0) throw invalidToken();
  const end = start + limitOf(input, usual);
  return { entries: all.slice(start, end), nextToken: end < all.length ? { nextToken: String(end) } : {} };
}

function limitOf({ limit = null }: JsonObject, most: number): number {
  if (limit === null) return most;
  if (typeof limit === 'number' && Number.isInteger(limit) && limit >= 1 && limit <= most) return limit;
  throw new AwsError('InvalidParameterException', constraintBroken('limit', JSON.stringify(limit), `have value ${Number(limit) > most ? `less than or equal to ${most}` : 'greater than or equal to 1'}`));
}

function ingestionTime({ timestamp, ingested }: LogEvent): number {
  return ingested ?? timestamp;
}

/** As long as CloudWatch Logs' own. */
export function digits(number: number): string {
  return String(number).padStart(56, '0');
}

function invalidToken(): AwsError {
  return new AwsError('InvalidParameterException', 'The specified nextToken is invalid.');
}

function inTime({ startTime, endTime }: JsonObject): (event: LogEvent) => boolean {
  const from = typeof startTime === 'number' ? startTime : Number.NEGATIVE_INFINITY;
  const to = typeof endTime === 'number' ? endTime : Number.POSITIVE_INFINITY;
  return ({ timestamp }) => timestamp >= from && timestamp <= to;
}

/** Of filter patterns: none, words that must all occur, and one phrase in quotes, which all but letters, digits and `_` need. */
function matching(pattern: string | null): (event: LogEvent) => boolean {
  const text = pattern?.trim() ?? '';
  const phrase = /^"([^"]*)"$/.exec(text)?.[1];
  if (phrase === undefined && /[^\w\s]/.test(text)) throw unsupported('that filter pattern of FilterLogEvents');
  const words = phrase === undefined ? text.split(/\s+/).filter(Boolean) : [phrase];
  return ({ message }) => words.every((word) => message.includes(word));
}

function order(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
