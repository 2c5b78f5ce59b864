import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { Template } from 'aws-cdk-lib/assertions';
import { Runtime } from 'aws-cdk-lib/aws-lambda';
import { notesApp } from './notes-app';

const notes = notesApp();
const template = Template.fromStack(notes.stack);
afterAll(() => notes[Symbol.dispose]());

function propertiesOf(type: string): readonly Readonly<Record<string, unknown>>[] {
  return Object.values(template.findResources(type)).map(({ Properties }) => Properties as Record<string, unknown>);
}

function arnOf(logicalId: RegExp): unknown {
  return { 'Fn::GetAtt': [expect.stringMatching(logicalId), 'Arn'] };
}

/** The template with what a new bundle or a new CDK changes scrubbed. */
function scrubbed(): unknown {
  return JSON.parse(JSON.stringify(template.toJSON()).replaceAll(/[0-9a-f]{64}/g, 'ASSET'), (key, value: unknown) => (key === 'Analytics' ? 'ANALYTICS' : value));
}

test('the template is the one that was last looked at', () => {
  expect(scrubbed()).toMatchSnapshot();
});

describe('the API', () => {
  test('has the four routes, and none that lets an unsigned request in', () => {
    const routes = propertiesOf('AWS::ApiGatewayV2::Route').map(({ RouteKey, AuthorizationType }) => [RouteKey, AuthorizationType]);
    expect(routes).toEqual([
      ['POST /notes', 'AWS_IAM'],
      ['GET /notes', 'AWS_IAM'],
      ['GET /notes/{id}', 'AWS_IAM'],
      ['DELETE /notes/{id}', 'AWS_IAM'],
    ]);
  });

  test('is throttled and logged', () => {
    expect(propertiesOf('AWS::ApiGatewayV2::Stage')).toEqual([
      expect.objectContaining({
        StageName: '$default',
        AutoDeploy: true,
        DefaultRouteSettings: { ThrottlingRateLimit: 20, ThrottlingBurstLimit: 40 },
        AccessLogSettings: { DestinationArn: arnOf(/^ApiAccessLogs/), Format: expect.stringContaining('$context.requestId') as unknown },
      }),
    ]);
  });

  test('is found by an output that takes whatever address the API was given', () => {
    expect(template.toJSON()['Outputs']).toMatchObject({ ApiUrl: { Value: { 'Fn::GetAtt': [expect.stringMatching(/^ApiHttp/), 'ApiEndpoint'] } } });
  });
});

describe('the function', () => {
  const [properties = {}] = propertiesOf('AWS::Lambda::Function');

  test('runs on the newest Node that CDK has, on arm64, with JSON logs in a log group of its own', () => {
    const versions = Object.values(Runtime).flatMap((runtime) => (runtime instanceof Runtime ? (/^nodejs(\d+)\.x$/.exec(runtime.name)?.[1] ?? []) : []));
    expect(properties).toMatchObject({
      Runtime: `nodejs${Math.max(...versions.map(Number))}.x`,
      Architectures: ['arm64'],
      LoggingConfig: { LogFormat: 'JSON', LogGroup: { Ref: expect.stringMatching(/^ServiceLogs/) as unknown } },
    });
  });

  test('has nothing in its environment but the name of its table', () => {
    expect(properties['Environment']).toEqual({ Variables: { TABLE_NAME: { Ref: expect.stringMatching(/^NotesTable/) as unknown } } });
  });

  test('may do four things to its table, write to its log group, and nothing else', () => {
    const statements = [
      { Effect: 'Allow', Action: ['dynamodb:DeleteItem', 'dynamodb:GetItem', 'dynamodb:PutItem', 'dynamodb:Query'], Resource: arnOf(/^NotesTable/) },
      { Effect: 'Allow', Action: ['logs:CreateLogStream', 'logs:PutLogEvents'], Resource: arnOf(/^ServiceLogs/) },
    ];
    expect(propertiesOf('AWS::IAM::Policy')).toEqual([expect.objectContaining({ PolicyDocument: { Version: '2012-10-17', Statement: statements } })]);
  });

  test('has a role with no managed policy', () => {
    expect(propertiesOf('AWS::IAM::Role').map((role) => Object.keys(role))).toEqual([['AssumeRolePolicyDocument']]);
  });
});

test('nothing is left when the stack is destroyed, and logs are kept for a week', () => {
  const kept = ['AWS::DynamoDB::Table', 'AWS::Logs::LogGroup'].flatMap((type) => Object.values(template.findResources(type)));
  expect(kept.map(({ DeletionPolicy, UpdateReplacePolicy }) => `${DeletionPolicy} ${UpdateReplacePolicy}`)).toEqual(Array(3).fill('Delete Delete'));
  expect(propertiesOf('AWS::Logs::LogGroup').map(({ RetentionInDays }) => RetentionInDays)).toEqual([7, 7]);
});

test('the table is paid by the request', () => {
  expect(propertiesOf('AWS::DynamoDB::Table')).toEqual([expect.objectContaining({ BillingMode: 'PAY_PER_REQUEST' })]);
});

describe('the asset', () => {
  const asset = readdirSync(notes.outdir).find((name) => name.startsWith('asset.')) ?? '';

  test('is one small file, without a source map', () => {
    expect(readdirSync(join(notes.outdir, asset))).toEqual(['index.js']);
    expect(statSync(join(notes.outdir, asset, 'index.js')).size).toBeLessThan(400_000);
  });

  test('holds no path of the machine that built it', () => {
    expect(readFileSync(join(notes.outdir, asset, 'index.js'), 'utf8')).not.toContain(join(__dirname, '../..'));
  });
});
