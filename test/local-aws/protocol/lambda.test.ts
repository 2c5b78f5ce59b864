import {
  GetFunctionCommand, GetFunctionConfigurationCommand, InvokeCommand, LambdaClient, ListFunctionsCommand, PublishVersionCommand, ResourceNotFoundException, UpdateFunctionCodeCommand,
  UpdateFunctionConfigurationCommand,
} from '@aws-sdk/client-lambda';
import { CreateBucketCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { actions } from '../../../scripts/local-aws/lambda/service';
import { storedZip } from '../lambda/stored-zip';
import { openProof, refusal } from './proof';

const proof = openProof();
const lambda = proof.watch(new LambdaClient(proof.init));
beforeAll(async () => {
  const s3 = new S3Client(proof.init);
  await s3.send(new CreateBucketCommand({ Bucket: 'my-bucket', CreateBucketConfiguration: { LocationConstraint: 'us-west-2' } }));
  const code = "exports.handler = async (event) => { if (event.fail) throw new TypeError('no'); return event; };";
  await s3.send(new PutObjectCommand({ Bucket: 'my-bucket', Key: 'function.zip', Body: storedZip({ 'index.js': code }) }));
  s3.destroy();
});

const FunctionName = 'my-function';
const text = expect.any(String) as string;
const trust = { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Principal: { Service: 'lambda.amazonaws.com' }, Action: 'sts:AssumeRole' }] };
const resources = {
  Role: { Type: 'AWS::IAM::Role', Properties: { RoleName: 'lambda-role', AssumeRolePolicyDocument: trust } },
  Function: {
    Type: 'AWS::Lambda::Function',
    Properties: {
      FunctionName, Code: { S3Bucket: 'my-bucket', S3Key: 'function.zip' }, Description: 'Process image objects from Amazon S3.', Environment: { Variables: { PREFIX: 'inbound' } },
      Handler: 'index.handler', MemorySize: 256, Role: { 'Fn::GetAtt': ['Role', 'Arn'] }, Runtime: 'nodejs22.x', Timeout: 15, TracingConfig: { Mode: 'Active' }, Tags: [{ Key: 'DEPARTMENT', Value: 'Assets' }],
    },
  },
};

// The function of the API reference's examples, as AWS publishes them with botocore: botocore/data/lambda/2015-03-31/examples-1.json
test('every action', async () => {
  expect(await proof.deploy(resources)).toBe('CREATE_COMPLETE');
  const listed = {
    CodeSha256: expect.stringMatching(/^[\w+/]{43}=$/) as string, CodeSize: expect.any(Number) as number, Description: 'Process image objects from Amazon S3.', Environment: { Variables: { PREFIX: 'inbound' } },
    FunctionArn: `arn:aws:lambda:us-west-2:000000000000:function:${FunctionName}`, FunctionName, Handler: 'index.handler', LastModified: expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]{12}\+0000$/) as string,
    MemorySize: 256, RevisionId: text, Role: 'arn:aws:iam::000000000000:role/lambda-role', Runtime: 'nodejs22.x', Timeout: 15,
    TracingConfig: { Mode: 'Active' }, Version: '$LATEST', PackageType: 'Zip', Architectures: ['x86_64'], EphemeralStorage: { Size: 512 }, LoggingConfig: { LogFormat: 'Text', LogGroup: `/aws/lambda/${FunctionName}` },
    SnapStart: { ApplyOn: 'None', OptimizationStatus: 'Off' },
  };
  const described = { ...listed, State: 'Active', LastUpdateStatus: 'Successful' };
  expect(await lambda.send(new GetFunctionCommand({ FunctionName }))).toMatchObject({ Configuration: described, Code: { RepositoryType: 'S3' }, Tags: { DEPARTMENT: 'Assets' } });
  expect(await lambda.send(new GetFunctionConfigurationCommand({ FunctionName }))).toMatchObject(described);
  expect((await lambda.send(new ListFunctionsCommand({}))).Functions).toEqual([listed]);
  const invoked = await lambda.send(new InvokeCommand({ FunctionName, Payload: '{"a":1}', LogType: 'Tail' }));
  expect(invoked).toMatchObject({ StatusCode: 200, ExecutedVersion: '$LATEST', LogResult: text });
  expect(invoked.Payload?.transformToString()).toBe('{"a":1}');
  const failed = await lambda.send(new InvokeCommand({ FunctionName, Payload: '{"fail":true}' }));
  expect(failed).toMatchObject({ StatusCode: 200, FunctionError: 'Unhandled' });
  expect(JSON.parse(failed.Payload?.transformToString() ?? '')).toMatchObject({ errorType: 'TypeError', errorMessage: 'no', trace: expect.any(Array) as string[] });
  expect(await lambda.send(new InvokeCommand({ FunctionName, InvocationType: 'DryRun' }))).toMatchObject({ StatusCode: 204 });
  expect(await lambda.send(new UpdateFunctionConfigurationCommand({ FunctionName, Description: 'new' }))).toMatchObject({ ...described, Description: 'new' });
  expect(await lambda.send(new UpdateFunctionCodeCommand({ FunctionName, S3Bucket: 'my-bucket', S3Key: 'function.zip' }))).toMatchObject({ ...described, Description: 'new' });
  const ofFunctions = [...actions.values()].map(({ name }) => (name === 'InvokeFunction' ? 'Invoke' : name));
  expect([...proof.answered].toSorted()).toEqual(['ListFunctions', ...ofFunctions].toSorted());
});

test('errors', async () => {
  const invoke = (Payload: string) => lambda.send(new InvokeCommand({ FunctionName, Payload }));
  await expect(lambda.send(new GetFunctionCommand({ FunctionName: 'none' }))).rejects.toBeInstanceOf(ResourceNotFoundException);
  expect(await refusal(lambda.send(new GetFunctionCommand({ FunctionName: 'none' })))).toEqual(['ResourceNotFoundException', 404]);
  expect(await refusal(invoke('{'))).toEqual(['InvalidRequestContentException', 400]);
  expect(await refusal(invoke(JSON.stringify('x'.repeat(6 * 1024 * 1024))))).toEqual(['RequestTooLargeException', 413]);
  expect(await refusal(lambda.send(new UpdateFunctionCodeCommand({ FunctionName })))).toEqual(['InvalidParameterValueException', 400]);
  expect(await refusal(lambda.send(new UpdateFunctionConfigurationCommand({ FunctionName, Environment: { Variables: { AWS_REGION: 'x' } } })))).toEqual(['InvalidParameterValueException', 400]);
  expect(await refusal(lambda.send(new InvokeCommand({ FunctionName, InvocationType: 'Event' })))).toEqual(['UnsupportedOperation', 501]);
  expect(await refusal(lambda.send(new PublishVersionCommand({ FunctionName })))).toEqual(['UnsupportedOperation', 501]);
});
