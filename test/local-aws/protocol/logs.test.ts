import {
  CloudWatchLogsClient, CreateLogGroupCommand, CreateLogStreamCommand, DeleteLogGroupCommand, DescribeLogGroupsCommand, DescribeLogStreamsCommand, FilterLogEventsCommand,
  GetLogEventsCommand, PutLogEventsCommand, ResourceAlreadyExistsException, ResourceNotFoundException,
} from '@aws-sdk/client-cloudwatch-logs';
import { actions } from '../../../scripts/local-aws/logs/service';
import { openProof, refusal } from './proof';

const proof = openProof();
const logs = proof.watch(new CloudWatchLogsClient(proof.init));

const stream = { logGroupName: 'my-log-group', logStreamName: 'my-log-stream' };
const number = expect.any(Number) as number;

// Each member that an answer may have: https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_Operations.html. The examples of these pages are in examples/logs.test.ts.
test('every action', async () => {
  const timestamp = Date.now() - 1000;
  await logs.send(new CreateLogGroupCommand({ logGroupName: stream.logGroupName }));
  await logs.send(new CreateLogStreamCommand(stream));
  const logEvents = [1, 2, 3].map((index) => ({ timestamp: timestamp + index, message: `Example Event ${index}` }));
  expect(await logs.send(new PutLogEventsCommand({ ...stream, logEvents }))).toMatchObject({ nextSequenceToken: expect.any(String) as string });
  const arn = 'arn:aws:logs:us-west-2:000000000000:log-group:my-log-group';
  expect((await logs.send(new DescribeLogGroupsCommand({ logGroupNamePrefix: 'my' }))).logGroups).toEqual([
    { logGroupName: 'my-log-group', creationTime: number, arn: `${arn}:*`, logGroupArn: arn, logGroupClass: 'STANDARD', metricFilterCount: 0, storedBytes: number, deletionProtectionEnabled: false },
  ]);
  expect((await logs.send(new DescribeLogStreamsCommand({ logGroupName: stream.logGroupName }))).logStreams).toEqual([
    { logStreamName: 'my-log-stream', creationTime: number, firstEventTimestamp: timestamp + 1, lastEventTimestamp: timestamp + 3, lastIngestionTime: number, uploadSequenceToken: expect.stringMatching(/^\d{56}$/) as string, storedBytes: 0, arn: `${arn}:log-stream:my-log-stream` },
  ]);
  expect(await logs.send(new GetLogEventsCommand({ ...stream, startFromHead: true }))).toMatchObject({
    events: logEvents.map((event) => ({ ...event, ingestionTime: number })), nextForwardToken: expect.stringMatching(/^f\/0{55}3$/) as string, nextBackwardToken: expect.stringMatching(/^b\/0{56}$/) as string,
  });
  expect((await logs.send(new FilterLogEventsCommand({ logGroupName: stream.logGroupName, filterPattern: '"Event 2"' }))).events).toEqual([
    { ...logEvents[1], eventId: expect.any(String) as string, ingestionTime: number, logStreamName: 'my-log-stream' },
  ]);
  expect([...proof.answered].toSorted()).toEqual([...actions.keys()].toSorted());
});

test('errors', async () => {
  const create = (logGroupName: string) => logs.send(new CreateLogGroupCommand({ logGroupName }));
  await create('taken');
  await expect(create('taken')).rejects.toBeInstanceOf(ResourceAlreadyExistsException);
  await expect(logs.send(new GetLogEventsCommand({ logGroupName: 'none', logStreamName: 'none' }))).rejects.toBeInstanceOf(ResourceNotFoundException);
  expect(await refusal(create('taken'))).toEqual(['ResourceAlreadyExistsException', 400]);
  expect(await refusal(logs.send(new CreateLogStreamCommand({ logGroupName: 'none', logStreamName: 'a' })))).toEqual(['ResourceNotFoundException', 400]);
  expect(await refusal(logs.send(new GetLogEventsCommand({ logGroupName: 'taken', logStreamName: 'none' })))).toEqual(['ResourceNotFoundException', 400]);
  expect(await refusal(logs.send(new CreateLogStreamCommand({ logGroupName: 'taken', logStreamName: 'a:b' })))).toEqual(['InvalidParameterException', 400]);
  expect(await refusal(logs.send(new PutLogEventsCommand({ logGroupName: 'taken', logStreamName: 'none', logEvents: [] })))).toEqual(['ResourceNotFoundException', 400]);
  expect(await refusal(logs.send(new DescribeLogGroupsCommand({ limit: 51 })))).toEqual(['InvalidParameterException', 400]);
  expect(await refusal(logs.send(new DeleteLogGroupCommand({ logGroupName: 'taken' })))).toEqual(['UnsupportedOperation', 501]);
});
