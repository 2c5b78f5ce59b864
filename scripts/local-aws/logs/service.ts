import { AwsError, unsupported } from '../aws-error';
import { jsonAnswer, optionalString, readJsonRequest, requiredString } from '../json-request';
import type { JsonObject } from '../resource';
import type { LocalAws, LocalRequest, Service } from '../service';
import { appendEvents, readEvents, type LogEvent } from './log-file';
import { createLogGroup, findLogGroup, logGroupArn, logGroups } from './log-groups';

type Action = (local: LocalAws, request: LocalRequest, input: JsonObject) => object;

/** CloudWatch Logs, as far as a function writes it and a person reads it. https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/ */
export function logsService(local: LocalAws): Service {
  return {
    signingName: 'logs',
    protocol: 'json-1.1',
    async handle(request) {
      const { action, input } = readJsonRequest(request);
      const act = actions.get(action);
      if (act === undefined) throw unsupported(`logs:${action}`);
      return jsonAnswer(act(local, request, input));
    },
  };
}

const actions: ReadonlyMap<string, Action> = new Map<string, Action>([
  ['CreateLogGroup', createGroup],
  ['CreateLogStream', createStream],
  ['DescribeLogGroups', describeGroups],
  ['DescribeLogStreams', describeStreams],
  ['FilterLogEvents', filterEvents],
  ['GetLogEvents', getEvents],
  ['PutLogEvents', putEvents],
]);

/** The group that the request names, once the caller may `action` it. */
function groupOf(local: LocalAws, request: LocalRequest, action: string, input: JsonObject, stream: string | null): string {
  const name = (optionalString(input, 'logGroupIdentifier') ?? requiredString(input, 'logGroupName')).replace(/^arn:aws:logs:[^:]+:\d{12}:log-group:/, '').replace(/:\*$/, '');
  request.authorize(`logs:${action}`, `${logGroupArn(local, request.region, name)}:${stream === null ? '*' : `log-stream:${stream}`}`);
  if (findLogGroup(local, request.region, name) === null) throw new AwsError('ResourceNotFoundException', 'The specified log group does not exist.');
  return name;
}

function createGroup(local: LocalAws, request: LocalRequest, input: JsonObject): object {
  const name = requiredString(input, 'logGroupName');
  request.authorize('logs:CreateLogGroup', `${logGroupArn(local, request.region, name)}:*`);
  createLogGroup(local, request.region, name);
  return {};
}

/** A stream is there once it has events; making it before is not told apart. */
function createStream(local: LocalAws, request: LocalRequest, input: JsonObject): object {
  groupOf(local, request, 'CreateLogStream', input, requiredString(input, 'logStreamName'));
  return {};
}

function describeGroups(local: LocalAws, request: LocalRequest, input: JsonObject): object {
  request.authorize('logs:DescribeLogGroups', `${logGroupArn(local, request.region, '')}:*`);
  const prefix = optionalString(input, 'logGroupNamePrefix') ?? '';
  const groups = [...logGroups(local).values()].filter(({ region, name }) => region === request.region && name.startsWith(prefix));
  return {
    logGroups: groups.map(({ name, created, retentionInDays }) => ({
      logGroupName: name, creationTime: created, arn: `${logGroupArn(local, request.region, name)}:*`, logGroupArn: logGroupArn(local, request.region, name),
      ...(retentionInDays === null ? {} : { retentionInDays }),
    })),
  };
}

function describeStreams(local: LocalAws, request: LocalRequest, input: JsonObject): object {
  const group = groupOf(local, request, 'DescribeLogStreams', input, null);
  const streams = byStream(readEvents(local, request.region, group));
  return {
    logStreams: [...streams].map(([name, events]) => ({
      logStreamName: name, firstEventTimestamp: events[0]?.timestamp, lastEventTimestamp: events.at(-1)?.timestamp,
      arn: `${logGroupArn(local, request.region, group)}:log-stream:${name}`,
    })),
  };
}

function byStream(events: readonly LogEvent[]): Map<string, LogEvent[]> {
  const streams = new Map<string, LogEvent[]>();
  for (const event of events) streams.set(event.stream, [...streams.get(event.stream) ?? [], event]);
  return streams;
}

function inTime({ startTime, endTime }: JsonObject): (event: LogEvent) => boolean {
  const from = typeof startTime === 'number' ? startTime : Number.NEGATIVE_INFINITY;
  const to = typeof endTime === 'number' ? endTime : Number.POSITIVE_INFINITY;
  return ({ timestamp }) => timestamp >= from && timestamp <= to;
}

/** Of filter patterns: none, words that must all occur, and one phrase in quotes. */
function matching(pattern: string | null): (event: LogEvent) => boolean {
  const text = pattern?.trim() ?? '';
  const phrase = /^"([^"]*)"$/.exec(text)?.[1];
  if (phrase === undefined && /[^\w\s./:-]/.test(text)) throw unsupported('that filter pattern of FilterLogEvents');
  const words = phrase === undefined ? text.split(/\s+/).filter(Boolean) : [phrase];
  return ({ message }) => words.every((word) => message.includes(word));
}

function filterEvents(local: LocalAws, request: LocalRequest, input: JsonObject): object {
  const group = groupOf(local, request, 'FilterLogEvents', input, null);
  const matches = matching(optionalString(input, 'filterPattern'));
  const names = Array.isArray(input['logStreamNames']) ? input['logStreamNames'].map(String) : null;
  const prefix = optionalString(input, 'logStreamNamePrefix') ?? '';
  const events = readEvents(local, request.region, group)
    .filter(inTime(input))
    .filter((event) => matches(event) && (names?.includes(event.stream) ?? true) && event.stream.startsWith(prefix));
  const limit = typeof input['limit'] === 'number' ? input['limit'] : 10_000;
  return { events: events.slice(0, limit).map(({ timestamp, stream, message }, index) => ({ eventId: String(index), logStreamName: stream, timestamp, ingestionTime: timestamp, message })) };
}

function getEvents(local: LocalAws, request: LocalRequest, input: JsonObject): object {
  const stream = requiredString(input, 'logStreamName');
  const group = groupOf(local, request, 'GetLogEvents', input, stream);
  const events = readEvents(local, request.region, group).filter((event) => event.stream === stream).filter(inTime(input));
  // One page: the token that comes back is the one that was sent, by which a reader knows the end.
  return {
    events: events.map(({ timestamp, message }) => ({ timestamp, ingestionTime: timestamp, message })),
    nextForwardToken: 'f/end',
    nextBackwardToken: 'b/end',
  };
}

function putEvents(local: LocalAws, request: LocalRequest, input: JsonObject): object {
  const stream = requiredString(input, 'logStreamName');
  const group = groupOf(local, request, 'PutLogEvents', input, stream);
  const events = Array.isArray(input['logEvents']) ? input['logEvents'] : [];
  appendEvents(local, request.region, group, events.map((event) => {
    const { timestamp, message } = event as { readonly timestamp?: unknown; readonly message?: unknown };
    if (typeof timestamp !== 'number' || typeof message !== 'string') throw new AwsError('InvalidParameterException', 'A log event has a timestamp and a message.');
    return { timestamp, stream, message };
  }));
  return { nextSequenceToken: '1' };
}
