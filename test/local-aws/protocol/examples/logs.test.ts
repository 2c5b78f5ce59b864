import {
  CloudWatchLogsClient, CreateLogGroupCommand, CreateLogStreamCommand, DescribeLogGroupsCommand, DescribeLogStreamsCommand, FilterLogEventsCommand, GetLogEventsCommand, PutLogEventsCommand,
} from '@aws-sdk/client-cloudwatch-logs';
import { openProof } from '../proof';

const proof = openProof();
const logs = proof.watch(new CloudWatchLogsClient(proof.init));
let group = 'my-log-group';

/** A group of its own for each example, since most of them name the same. */
beforeEach(() => {
  group += '-';
});

const api = (action: string) => `https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_${action}.html`;
const cli = (command: string) => `https://github.com/aws/aws-cli/blob/develop/awscli/examples/logs/${command}.rst`;
const number = expect.any(Number) as number;
const digits = (kind: string) => expect.stringMatching(new RegExp(`^${kind}\\d{56}$`)) as string;
const arn = () => `arn:aws:logs:us-west-2:000000000000:log-group:${group}`;
/** The examples are of 2014; events as old as these would be rejected. */
const time = Date.now() - 1000;
const events = (word: string) => [1, 2, 3].map((index) => ({ timestamp: time + (index > 2 ? 1 : 0), message: `${word} event ${index}` }));

const createGroup = () => logs.send(new CreateLogGroupCommand({ logGroupName: group }));
const createStream = (logStreamName = 'my-log-stream') => logs.send(new CreateLogStreamCommand({ logGroupName: group, logStreamName }));
const putEvents = (logEvents = events('Example'), logStreamName = 'my-log-stream') => logs.send(new PutLogEventsCommand({ logGroupName: group, logStreamName, logEvents }));

async function filled(): Promise<void> {
  await createGroup();
  await createStream();
  await putEvents();
}

async function withErrors(): Promise<void> {
  await createGroup();
  for (const [index, event] of events('ERROR').entries()) {
    await createStream(`my-log-stream-${index + 1}`);
    await putEvents([event, { timestamp: time + 2, message: 'fine' }], `my-log-stream-${index + 1}`);
  }
}

const got = () => ({ events: events('Example').map((event) => ({ ...event, ingestionTime: number })), nextBackwardToken: digits('b/'), nextForwardToken: digits('f/') });
const found = () => ({ events: events('ERROR').map((event, index) => ({ ...event, ingestionTime: number, logStreamName: `my-log-stream-${index + 1}`, eventId: digits('') })), searchedLogStreams: [] });

// Left out: kmsKeyId of CreateLogGroup, and linked accounts of DescribeLogGroups, which are refused.
test.each<[string, () => Promise<unknown>, () => object]>([
  [api('CreateLogGroup'), createGroup, () => ({ $metadata: { httpStatusCode: 200 } })],
  [api('CreateLogStream'), async () => {
    await createGroup();
    return createStream();
  }, () => ({ $metadata: { httpStatusCode: 200 } })],
  [api('PutLogEvents'), async () => {
    await createGroup();
    await createStream();
    return putEvents();
  }, () => ({ nextSequenceToken: digits('') })],
  [api('GetLogEvents'), async () => {
    await filled();
    return logs.send(new GetLogEventsCommand({ logGroupName: group, logStreamName: 'my-log-stream' }));
  }, got],
  [`${api('GetLogEvents')} by ARN`, async () => {
    await filled();
    return logs.send(new GetLogEventsCommand({ logGroupIdentifier: `${arn()}:*`, logStreamName: 'my-log-stream' }));
  }, got],
  [api('FilterLogEvents'), async () => {
    await withErrors();
    return logs.send(new FilterLogEventsCommand({ logGroupName: group, filterPattern: 'ERROR' }));
  }, found],
  [`${api('FilterLogEvents')} by ARN`, async () => {
    await withErrors();
    return logs.send(new FilterLogEventsCommand({ logGroupIdentifier: `${arn()}:*`, filterPattern: 'ERROR' }));
  }, found],
  [api('DescribeLogGroups'), async () => {
    await proof.deploy({ Group: { Type: 'AWS::Logs::LogGroup', Properties: { LogGroupName: group, RetentionInDays: 14 } } });
    return logs.send(new DescribeLogGroupsCommand({ logGroupNamePrefix: group }));
  }, () => ({ logGroups: [{ storedBytes: 0, arn: `${arn()}:*`, creationTime: number, logGroupName: group, metricFilterCount: 0, retentionInDays: 14, deletionProtectionEnabled: false }] })],
  [api('DescribeLogStreams'), async () => {
    await filled();
    return logs.send(new DescribeLogStreamsCommand({ logGroupName: group }));
  }, () => ({
    logStreams: [{ storedBytes: 0, arn: `${arn()}:log-stream:my-log-stream`, creationTime: number, firstEventTimestamp: time, lastEventTimestamp: time + 1, lastIngestionTime: number, logStreamName: 'my-log-stream' }],
  })],
  [cli('describe-log-streams'), async () => {
    await createGroup();
    for (const name of ['20150531', '20150601', '20160101']) await createStream(name);
    return logs.send(new DescribeLogStreamsCommand({ logGroupName: group, logStreamNamePrefix: '2015' }));
  }, () => ({ logStreams: ['20150531', '20150601'].map((logStreamName) => ({ creationTime: number, arn: `${arn()}:log-stream:${logStreamName}`, logStreamName, storedBytes: 0 })) })],
  [cli('filter-log-events'), async () => {
    await createGroup();
    await createStream('2024/05/09/[$LATEST]abc1024');
    await putEvents([{ timestamp: time, message: 'Test MESSAGE2' }], '2024/05/09/[$LATEST]abc1024');
    return logs.send(new FilterLogEventsCommand({ logGroupName: group }));
  }, () => ({ events: [{ logStreamName: '2024/05/09/[$LATEST]abc1024', timestamp: time, message: 'Test MESSAGE2', ingestionTime: number, eventId: digits('') }] })],
])('%s', async (_, send, answer) => {
  expect(await send()).toMatchObject(answer());
});
