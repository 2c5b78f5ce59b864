import {
  CloudFormationClient, ContinueUpdateRollbackCommand, CreateStackCommand, DeleteStackCommand, DescribeStackEventsCommand, DescribeStackResourceCommand, DescribeStackResourcesCommand, DescribeStacksCommand,
  GetTemplateCommand, GetTemplateSummaryCommand, ListExportsCommand, ListImportsCommand, ListStackResourcesCommand, ListStacksCommand, RollbackStackCommand, UpdateStackCommand,
  UpdateTerminationProtectionCommand, ValidateTemplateCommand, type Parameter,
} from '@aws-sdk/client-cloudformation';
import { CreateBucketCommand, DeleteBucketCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { date, openProof } from '../proof';
import { settledStatus } from '../../settled-stack';

const proof = openProof();
const cloudformation = proof.watch(new CloudFormationClient(proof.init));
const s3 = proof.watch(new S3Client(proof.init));
beforeAll(async () => {
  await s3.send(new CreateBucketCommand({ Bucket: 'samplebucketname', CreateBucketConfiguration: { LocationConstraint: 'us-west-2' } }));
  await s3.send(new PutObjectCommand({ Bucket: 'samplebucketname', Key: 'sampletemplate.template', Body: JSON.stringify({ ...keyed, Resources: { A: parameter('a') } }) }));
  await create('MyStack', { Parameters: { AvailabilityZone: { Type: 'String' } }, Resources: { MyDBInstance: parameter({ Ref: 'AvailabilityZone' }) }, Outputs: { StartPage: { Value: startPage } } }, zone);
  await create('mySampleStack1', { Resources: { A: parameter('a') }, Outputs: { A: exported('mySampleStack1-SecurityGroupID', 'sg-0a123b45'), B: exported('mySampleStack1-VPCID', 'vpc-0a123b45') } });
  await create('Import-SampleStack', { Resources: { A: parameter({ 'Fn::ImportValue': 'mySampleStack1-VPCID' }) } });
});

const api = (action: string) => `https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_${action}.html`;
const idOf = (name: string) => expect.stringMatching(new RegExp(`^arn:aws:cloudformation:us-west-2:000000000000:stack/${name}/[\\da-f]{8}-[\\da-f-]{27}$`)) as string;
const uuid = expect.stringMatching(/^[\da-f]{8}-[\da-f-]{27}$/) as string;
const empty = { $metadata: { httpStatusCode: 200 } };
const startPage = 'http://my-load-balancer.amazonaws.com:80/index.html';
const zone = [{ ParameterKey: 'AvailabilityZone', ParameterValue: 'us-east-1a' }];
/** In place of the instances, queues and groups of the examples. */
const parameter = (Value: object | string) => ({ Type: 'AWS::SSM::Parameter', Properties: { Type: 'String', Value } });
const exported = (Name: string, Value: string) => ({ Value, Export: { Name } });
const keyName = { Type: 'AWS::EC2::KeyPair::KeyName', Description: 'Name of an existing EC2 KeyPair to enable SSH access to the instance' };
const keyed = {
  AWSTemplateFormatVersion: '2010-09-09', Description: 'A sample template description.', Parameters: { KeyName: keyName }, Metadata: { Instances: { SampleDescription: 'Information about the instances' } },
};
const simple = '{\n    "AWSTemplateFormatVersion" : "2010-09-09",\n    "Description" : "Simple example",\n    "Resources" : {\n      "MySQS" : {\n        "Type" : "AWS::CDK::Metadata",\n        "Properties" : {\n        }\n      }\n    }\n  }';

async function create(StackName: string, template: object | string, Parameters: Parameter[] = []) {
  const answer = await cloudformation.send(new CreateStackCommand({ StackName, TemplateBody: typeof template === 'string' ? template : JSON.stringify(template), Parameters }));
  await settledStatus(cloudformation, StackName);
  return answer;
}

const bucket = (Status: string) => ({ Bucket: { Type: 'AWS::S3::Bucket', Properties: { BucketName: 'example-of-rollback', VersioningConfiguration: { Status } } } });

/** A stack whose rollback cannot restore the bucket that somebody has deleted. */
async function failedRollback(StackName: string): Promise<void> {
  await create(StackName, { Resources: bucket('Suspended') });
  const broken = { Broken: { ...parameter('x'), DependsOn: 'Bucket', Properties: { Type: 'None', Value: 'x' } } };
  await cloudformation.send(new UpdateStackCommand({ StackName, DisableRollback: true, TemplateBody: JSON.stringify({ Resources: { ...bucket('Enabled'), ...broken } }) }));
  await settledStatus(cloudformation, StackName);
  await s3.send(new DeleteBucketCommand({ Bucket: 'example-of-rollback' }));
  await cloudformation.send(new RollbackStackCommand({ StackName }));
  // Were the rollback not failed, there would be nothing to continue.
  await settledStatus(cloudformation, StackName);
}

const ofMyStack = { StackId: idOf('MyStack'), StackName: 'MyStack' };
const resource = { LogicalResourceId: 'MyDBInstance', PhysicalResourceId: expect.any(String) as string, ResourceType: 'AWS::SSM::Parameter', ResourceStatus: 'CREATE_COMPLETE' };
const stackEvent = { EventId: uuid, LogicalResourceId: 'MyStack', PhysicalResourceId: idOf('MyStack'), ResourceType: 'AWS::CloudFormation::Stack', Timestamp: date, ...ofMyStack };
const resourceEvent = (ResourceStatus: string, more: object = {}) => ({
  ...resource, ResourceStatus, ...ofMyStack, Timestamp: date, EventId: expect.stringMatching(new RegExp(`^MyDBInstance-${ResourceStatus}-\\d{4}-\\d\\d-\\d\\dT[\\d:.]{12}Z$`)) as string,
  ResourceProperties: '{"Type":"String","Value":"us-east-1a"}', ...more,
});

/*
 * Left out: NotificationARNs of CreateStack, which is refused, and ResourceTypes of ListStacks, which the SDK does not know. No examples have RollbackStack, DescribeEvents and ListHookResults, in no
 * reference of AWS that could be found; those of SetStackPolicy and GetStackPolicy are refused.
 */
test.each<[string, () => Promise<unknown>, object]>([
  [api('CreateStack'), () => create('MyOtherStack', { Parameters: { AvailabilityZone: { Type: 'String' } }, Resources: { A: parameter({ Ref: 'AvailabilityZone' }) } }, zone), { StackId: idOf('MyOtherStack') }],
  [api('UpdateStack'), async () => {
    const Parameters = { AvailabilityZone: { Type: 'String', Default: 'us-west-2a' } };
    const template = { Parameters, Resources: { A: parameter({ Ref: 'AvailabilityZone' }) } };
    await create('MyUpdatedStack', template);
    return cloudformation.send(new UpdateStackCommand({ StackName: 'MyUpdatedStack', TemplateBody: JSON.stringify(template), Parameters: zone }));
  }, { StackId: idOf('MyUpdatedStack') }],
  [api('DeleteStack'), async () => {
    await create('MyDeletedStack', simple);
    return cloudformation.send(new DeleteStackCommand({ StackName: 'MyDeletedStack' }));
  }, empty],
  [api('ContinueUpdateRollback'), async () => {
    await failedRollback('MyUpdatRollbackFailedStack');
    return cloudformation.send(new ContinueUpdateRollbackCommand({ StackName: 'MyUpdatRollbackFailedStack', ResourcesToSkip: ['Bucket'] }));
  }, empty],
  ['https://docs.aws.amazon.com/cli/latest/reference/cloudformation/update-termination-protection.html#examples', async () => {
    await create('my-stack', simple);
    return cloudformation.send(new UpdateTerminationProtectionCommand({ StackName: 'my-stack', EnableTerminationProtection: true }));
  }, { StackId: idOf('my-stack') }],
  [api('DescribeStacks'), () => cloudformation.send(new DescribeStacksCommand({ StackName: 'MyStack' })), {
    Stacks: [{ ...ofMyStack, CreationTime: date, StackStatus: 'CREATE_COMPLETE', DisableRollback: false, Outputs: [{ OutputKey: 'StartPage', OutputValue: startPage }] }],
  }],
  [api('DescribeStackResource'), () => cloudformation.send(new DescribeStackResourceCommand({ StackName: 'MyStack', LogicalResourceId: 'MyDBInstance' })), {
    StackResourceDetail: { ...ofMyStack, ...resource, LastUpdatedTimestamp: date },
  }],
  [api('DescribeStackResources'), () => cloudformation.send(new DescribeStackResourcesCommand({ StackName: 'MyStack' })), { StackResources: [{ ...ofMyStack, ...resource, Timestamp: date }] }],
  [api('ListStackResources'), () => cloudformation.send(new ListStackResourcesCommand({ StackName: 'MyStack' })), { StackResourceSummaries: [{ ...resource, LastUpdatedTimestamp: date }] }],
  [api('DescribeStackEvents'), () => cloudformation.send(new DescribeStackEventsCommand({ StackName: 'MyStack' })), {
    StackEvents: [
      { ...stackEvent, ResourceStatus: 'CREATE_COMPLETE' },
      resourceEvent('CREATE_COMPLETE'),
      resourceEvent('CREATE_IN_PROGRESS', { ResourceStatusReason: 'Resource creation Initiated' }),
      resourceEvent('CREATE_IN_PROGRESS', { PhysicalResourceId: '' }),
      { ...stackEvent, ResourceStatus: 'CREATE_IN_PROGRESS', ResourceStatusReason: 'User Initiated' },
    ],
  }],
  [api('ListStacks'), async () => {
    await create('WP1', simple);
    await cloudformation.send(new DeleteStackCommand({ StackName: 'WP1' }));
    return cloudformation.send(new ListStacksCommand({ StackStatusFilter: ['CREATE_IN_PROGRESS', 'DELETE_COMPLETE'] }));
  }, {
    StackSummaries: expect.arrayContaining([
      expect.objectContaining({ StackId: idOf('WP1'), StackStatus: 'DELETE_COMPLETE', DeletionTime: date, StackName: 'WP1', CreationTime: date, TemplateDescription: 'Simple example' }),
    ]) as object[],
  }],
  [api('ListExports'), () => cloudformation.send(new ListExportsCommand({})), {
    Exports: [{ Name: 'mySampleStack1-SecurityGroupID', Value: 'sg-0a123b45' }, { Name: 'mySampleStack1-VPCID', Value: 'vpc-0a123b45' }].map((each) => ({ ...each, ExportingStackId: idOf('mySampleStack1') })),
  }],
  [api('ListImports'), () => cloudformation.send(new ListImportsCommand({ ExportName: 'mySampleStack1-VPCID' })), { Imports: ['Import-SampleStack'] }],
  [api('GetTemplate'), async () => {
    await create('MySimpleStack', simple);
    return cloudformation.send(new GetTemplateCommand({ StackName: 'MySimpleStack' }));
  }, { TemplateBody: simple }],
  [api('GetTemplateSummary'), () => cloudformation.send(new GetTemplateSummaryCommand({ TemplateURL: 'https://s3-us-west-2.amazonaws.com/samplebucketname/sampletemplate.template' })), {
    Description: 'A sample template description.', Parameters: [{ NoEcho: false, ParameterKey: 'KeyName', Description: keyName.Description, ParameterType: keyName.Type }],
    Metadata: '{"Instances":{"SampleDescription":"Information about the instances"}}', Version: '2010-09-09',
  }],
  [api('ValidateTemplate'), () => cloudformation.send(new ValidateTemplateCommand({ TemplateBody: JSON.stringify({
    Parameters: {
      InstanceType: { Type: 'String', Description: 'Type of instance to launch', Default: 'm1.small' }, WebServerPort: { Type: 'Number', Description: 'The TCP port for the Web Server', Default: 8888 }, KeyName: keyName,
    },
    Resources: { A: parameter('a') },
  }) })), {
    Parameters: [
      { NoEcho: false, ParameterKey: 'InstanceType', Description: 'Type of instance to launch', DefaultValue: 'm1.small' },
      { NoEcho: false, ParameterKey: 'WebServerPort', Description: 'The TCP port for the Web Server', DefaultValue: '8888' }, { NoEcho: false, ParameterKey: 'KeyName', Description: keyName.Description },
    ],
  }],
])('%s', async (_, send, answer) => {
  expect(await send()).toMatchObject(answer);
});
