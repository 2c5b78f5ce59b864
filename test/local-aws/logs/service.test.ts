import { openServedAws, type ServedAws } from '../served-aws';

let served: ServedAws;
beforeEach(async () => { served = await openServedAws(); });
afterEach(() => served.close());

const call = (action: string, input: object) => served.json('logs', `Logs_20140328.${action}`, input);
const group = { logGroupName: '/app' };
const stream = { ...group, logStreamName: 'one' };
const now = Date.now();

async function filled(): Promise<void> {
  await call('CreateLogGroup', group);
  await call('CreateLogStream', stream);
  const logEvents = ['first ERROR', 'second', 'third ERROR timed out'].map((message, index) => ({ timestamp: now + index, message }));
  expect(await call('PutLogEvents', { ...stream, logEvents })).toMatchObject({ status: 200 });
}

const messages = ({ body }: Awaited<ReturnType<typeof call>>): string[] => (body['events'] as { readonly message: string }[]).map(({ message }) => message);

test('keeps groups and streams, each made once', async () => {
  await filled();
  expect(await call('CreateLogGroup', group)).toMatchObject({ status: 400, body: { __type: 'ResourceAlreadyExistsException' } });
  expect(await call('CreateLogStream', stream)).toMatchObject({ status: 400, body: { __type: 'ResourceAlreadyExistsException' } });
  await call('CreateLogStream', { ...group, logStreamName: 'empty' });
  expect((await call('DescribeLogGroups', { logGroupNamePrefix: '/a' })).body).toEqual({
    logGroups: [{ logGroupName: '/app', creationTime: expect.any(Number) as number, arn: 'arn:aws:logs:us-west-2:000000000000:log-group:/app:*', logGroupArn: 'arn:aws:logs:us-west-2:000000000000:log-group:/app', logGroupClass: 'STANDARD', metricFilterCount: 0, storedBytes: expect.any(Number) as number, deletionProtectionEnabled: false }],
  });
  const { body } = await call('DescribeLogStreams', group);
  expect(body).toEqual({
    logStreams: [
      { logStreamName: 'empty', creationTime: expect.any(Number) as number, arn: 'arn:aws:logs:us-west-2:000000000000:log-group:/app:log-stream:empty', storedBytes: 0 },
      { logStreamName: 'one', creationTime: expect.any(Number) as number, firstEventTimestamp: now, lastEventTimestamp: now + 2, lastIngestionTime: expect.any(Number) as number, uploadSequenceToken: expect.stringMatching(/^\d{56}$/) as string, storedBytes: 0, arn: 'arn:aws:logs:us-west-2:000000000000:log-group:/app:log-stream:one' },
    ],
  });
  expect((await call('DescribeLogStreams', { ...group, orderBy: 'LastEventTime', descending: true, limit: 1 })).body).toMatchObject({ logStreams: [{ logStreamName: 'one' }], nextToken: '1' });
});

test('gives events page by page, forwards and backwards, and the end by its own token', async () => {
  await filled();
  const first = await call('GetLogEvents', { ...stream, startFromHead: true, limit: 2 });
  expect(messages(first)).toEqual(['first ERROR', 'second']);
  const second = await call('GetLogEvents', { ...stream, limit: 2, nextToken: first.body['nextForwardToken'] });
  expect(messages(second)).toEqual(['third ERROR timed out']);
  const end = await call('GetLogEvents', { ...stream, nextToken: second.body['nextForwardToken'] });
  expect(end.body).toMatchObject({ events: [], nextForwardToken: second.body['nextForwardToken'] });
  // Without a token the newest come.
  const newest = await call('GetLogEvents', { ...stream, limit: 1 });
  expect(messages(newest)).toEqual(['third ERROR timed out']);
  expect(messages(await call('GetLogEvents', { ...stream, nextToken: newest.body['nextBackwardToken'] }))).toEqual(['first ERROR', 'second']);
  expect(messages(await call('GetLogEvents', { ...stream, startTime: now + 1, endTime: now + 2 }))).toEqual(['second']);
});

test.each([
  ['', ['first ERROR', 'second', 'third ERROR timed out']],
  ['ERROR', ['first ERROR', 'third ERROR timed out']],
  ['ERROR timed', ['third ERROR timed out']],
  ['"ERROR timed"', ['third ERROR timed out']],
  ['"timed ERROR"', []],
])('filters by the pattern %j', async (filterPattern, expected) => {
  await filled();
  expect(messages(await call('FilterLogEvents', { ...group, filterPattern }))).toEqual(expected);
});

test('filters page by page', async () => {
  await filled();
  const first = await call('FilterLogEvents', { ...group, filterPattern: 'ERROR', limit: 1 });
  expect(messages(first)).toEqual(['first ERROR']);
  const second = await call('FilterLogEvents', { ...group, filterPattern: 'ERROR', limit: 1, nextToken: first.body['nextToken'] });
  expect(messages(second)).toEqual(['third ERROR timed out']);
  expect(second.body['nextToken']).toBeUndefined();
});

test.each([
  ['an unknown group', 'PutLogEvents', { logGroupName: '/none', logStreamName: 'one', logEvents: [] }, 'ResourceNotFoundException'],
  ['an unknown stream', 'PutLogEvents', { ...group, logStreamName: 'none', logEvents: [{ timestamp: now, message: 'x' }] }, 'ResourceNotFoundException'],
  ['events of an unknown stream', 'GetLogEvents', { ...group, logStreamName: 'none' }, 'ResourceNotFoundException'],
  ['no events', 'PutLogEvents', { ...stream, logEvents: [] }, 'InvalidParameterException'],
  ['events out of order', 'PutLogEvents', { ...stream, logEvents: [{ timestamp: now, message: 'x' }, { timestamp: now - 1, message: 'y' }] }, 'InvalidParameterException'],
  ['an event without text', 'PutLogEvents', { ...stream, logEvents: [{ timestamp: now }] }, 'InvalidParameterException'],
  ['a group name with a blank', 'CreateLogGroup', { logGroupName: 'a b' }, 'InvalidParameterException'],
  ['a stream name with a colon', 'CreateLogStream', { ...group, logStreamName: 'a:b' }, 'InvalidParameterException'],
  ['a strange token', 'GetLogEvents', { ...stream, nextToken: 'x' }, 'InvalidParameterException'],
  ['a limit too high', 'FilterLogEvents', { ...group, limit: 10_001 }, 'InvalidParameterException'],
])('refuses %s', async (_title, action, input, code) => {
  await filled();
  expect(await call(action, input)).toMatchObject({ status: 400, body: { __type: code } });
});

test.each([
  ['FilterLogEvents', { ...group, filterPattern: '{ $.level = "error" }' }],
  ['FilterLogEvents', { ...group, filterPattern: '-ERROR' }],
  ['CreateLogGroup', { logGroupName: '/new', kmsKeyId: 'x' }],
  ['PutRetentionPolicy', group],
])('refuses %s with %j, which it does not model', async (action, input) => {
  await filled();
  expect(await call(action, input)).toMatchObject({ status: 501, body: { __type: 'UnsupportedOperation' } });
});

// As AWS answered when LocalStack recorded it: https://github.com/localstack/localstack/tree/main/tests/aws/services/logs (*.snapshot.json)
test.each([
  ['DescribeLogStreams', { ...group, logGroupIdentifier: '/app' }, 'ValidationException', 'LogGroup name and LogGroup ARN are mutually exclusive parameters.'],
  ['CreateLogGroup', { logGroupName: 'a'.repeat(513) }, 'InvalidParameterException', 'Invalid LogGroup or LogStream, both must have length less than or equal to 512.'],
  ['GetLogEvents', { ...stream, limit: 10_001 }, 'InvalidParameterException', "1 validation error detected: Value '10001' at 'limit' failed to satisfy constraint: Member must have value less than or equal to 10000"],
])('says in the words of CloudWatch Logs why %s is refused with %j', async (action, input, code, message) => {
  await filled();
  expect(await call(action, input)).toMatchObject({ status: 400, body: { __type: code, message } });
});

test('keeps no event that is older than 14 days or than the retention, or more than two hours ahead, and says which', async () => {
  expect(await served.deploy(stack({ RetentionInDays: 7 }))).toBe('CREATE_COMPLETE');
  await call('CreateLogStream', stream);
  const hours = [-15 * 24, -8 * 24, -1, 1, 3];
  const logEvents = hours.map((hour) => ({ timestamp: now + hour * 60 * 60 * 1000, message: String(hour) }));
  expect((await call('PutLogEvents', { ...stream, logEvents })).body).toMatchObject({ rejectedLogEventsInfo: { tooOldLogEventEndIndex: 1, expiredLogEventEndIndex: 2, tooNewLogEventStartIndex: 4 } });
  expect(messages(await call('GetLogEvents', stream))).toEqual(['-1', '1']);
});

const stack = (properties: object) => ({ Group: { Type: 'AWS::Logs::LogGroup', Properties: { LogGroupName: '/app', ...properties } } });

test('keeps the group of a stack, and its events for as long as its retention says', async () => {
  const kmsKeyId = 'arn:aws:kms:us-west-2:000000000000:key/abcd1234-a123-456a-a12b-a123b4cd56ef';
  expect(await served.deploy(stack({ RetentionInDays: '7', KmsKeyId: kmsKeyId }))).toBe('CREATE_COMPLETE');
  await call('CreateLogStream', stream);
  const day = 24 * 60 * 60 * 1000;
  await call('PutLogEvents', { ...stream, logEvents: [{ timestamp: now - 6 * day, message: 'old' }, { timestamp: now, message: 'new' }] });
  expect((await call('DescribeLogGroups', {})).body).toMatchObject({ logGroups: [{ retentionInDays: 7, kmsKeyId }] });
  expect(messages(await call('FilterLogEvents', group))).toEqual(['old', 'new']);
  expect(await served.deploy(stack({ RetentionInDays: 1 }))).toBe('UPDATE_COMPLETE');
  expect((await call('DescribeLogGroups', {})).body).toMatchObject({ logGroups: [expect.not.objectContaining({ kmsKeyId })] });
  expect(messages(await call('FilterLogEvents', group))).toEqual(['new']);
  expect(messages(await call('GetLogEvents', stream))).toEqual(['new']);
  expect(await served.deploy(stack({ RetentionInDays: 2 }))).toBe('UPDATE_ROLLBACK_COMPLETE');
  expect(await served.failures()).toEqual([expect.stringContaining("Value '2' at 'retentionInDays'")]);
  await served.destroy();
  expect(await call('FilterLogEvents', group)).toMatchObject({ body: { __type: 'ResourceNotFoundException' } });
  // Made anew it does not have the events of before.
  await call('CreateLogGroup', group);
  expect((await call('DescribeLogStreams', group)).body).toEqual({ logStreams: [] });
});
