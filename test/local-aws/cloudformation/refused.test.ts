import { CreateChangeSetCommand, CreateStackCommand, DescribeStacksCommand, GetStackPolicyCommand, SetStackPolicyCommand, UpdateStackCommand, ValidateTemplateCommand } from '@aws-sdk/client-cloudformation';
import { boxes } from './box';
import { freshCloud, settled } from './cloud';

const cloud = freshCloud(() => [boxes().type]);

const box = (properties: object = {}, more: object = {}) => ({ Box: { Type: 'Test::Box', Properties: properties, ...more } });
const create = (template: object) => cloud.client.send(new CreateStackCommand({ StackName: 'app', TemplateBody: JSON.stringify(template) }));
const unmodelled = (what: string) => `The local AWS does not model ${what}`;

/** What CDK apps may have in a template, and the local AWS has not. */
test.each<[string, object, string]>([
  ['the language extensions', { Transform: 'AWS::LanguageExtensions', Resources: box() }, unmodelled('macros, transforms and hooks in a template')],
  ['several transforms', { Transform: ['AWS::LanguageExtensions', 'AWS::Serverless-2016-10-31'], Resources: box() }, unmodelled('macros, transforms and hooks in a template')],
  ['an account’s own macro', { Transform: 'MyMacro', Resources: box() }, unmodelled('macros, transforms and hooks in a template')],
  ['a resource that is called as what every object has', { Resources: { constructor: { Type: 'Test::Box' } } }, unmodelled('the name constructor in the Resources of a template')],
  ['hooks', { Hooks: {}, Resources: box() }, unmodelled('macros, transforms and hooks in a template')],
  ['an included part', { Resources: box({ Name: { 'Fn::Transform': { Name: 'AWS::Include', Parameters: { Location: 's3://a/b' } } } }) }, unmodelled('the function Fn::Transform')],
  ['Fn::Cidr', { Resources: box({ Links: { 'Fn::Cidr': ['10.0.0.0/16', 6, 8] } }) }, unmodelled('the function Fn::Cidr')],
  ['Fn::GetAZs', { Resources: box({ Links: { 'Fn::GetAZs': '' } }) }, unmodelled('the function Fn::GetAZs')],
  ['Fn::Length', { Resources: box({ Size: { 'Fn::Length': [1, 2] } }) }, 'Encountered unsupported function: Fn::Length'],
  ['Fn::ToJsonString', { Resources: box({ Name: { 'Fn::ToJsonString': {} } }) }, 'Encountered unsupported function: Fn::ToJsonString'],
  ['Fn::ForEach in a property', { Resources: box({ Links: { 'Fn::ForEach::Each': ['A', ['b'], {}] } }) }, 'Encountered unsupported function: Fn::ForEach::Each'],
  ['Fn::ForEach over resources', { Resources: { ...box(), 'Fn::ForEach::Each': { Type: 'Test::Box' } } }, 'Resource name Fn::ForEach::Each is non alphanumeric'],
  ['a nested stack', { Resources: { Nested: { Type: 'AWS::CloudFormation::Stack', Properties: { TemplateURL: 'https://a.s3.amazonaws.com/b' } } } }, 'Unrecognized resource types: [AWS::CloudFormation::Stack]'],
  ['a custom resource', { Resources: { Own: { Type: 'Custom::S3AutoDeleteObjects', Properties: { ServiceToken: 'arn' } } } }, 'Unrecognized resource types: [Custom::S3AutoDeleteObjects]'],
  ['a wait condition', { Resources: { Wait: { Type: 'AWS::CloudFormation::WaitConditionHandle' } } }, 'Unrecognized resource types: [AWS::CloudFormation::WaitConditionHandle]'],
  ['a creation policy', { Resources: box({}, { CreationPolicy: {} }) }, unmodelled('CreationPolicy (resource Box)')],
  ['an update policy', { Resources: box({}, { UpdatePolicy: {} }) }, unmodelled('UpdatePolicy (resource Box)')],
  ['a snapshot', { Resources: box({}, { DeletionPolicy: 'Snapshot' }) }, unmodelled('the DeletionPolicy Snapshot (resource Box)')],
  ['a parameter of another service', { Parameters: { Vpc: { Type: 'AWS::EC2::VPC::Id', Default: 'vpc-1' } }, Resources: box() }, unmodelled('the parameter type AWS::EC2::VPC::Id (parameter Vpc)')],
])('%s is refused by name before there is a stack', async (_, template, message) => {
  await expect(create(template)).rejects.toThrow(message);
  await expect(cloud.client.send(new DescribeStacksCommand({ StackName: 'app' }))).rejects.toThrow('Stack with id app does not exist');
});

test.each([
  ['secretsmanager', '{{resolve:secretsmanager:MySecret:SecretString:password}}'],
  ['ssm-secure', '{{resolve:ssm-secure:IAMUserPassword:10}}'],
  ['ssm', 'a {{resolve:ssm:name:2}} b'],
])('the dynamic reference to %s is refused by name', async (service, Name) => {
  await expect(create({ Resources: box({ Name }) })).rejects.toThrow(unmodelled(`the dynamic reference {{resolve:${service}:…}}`));
  await expect(cloud.client.send(new DescribeStacksCommand({ StackName: 'app' }))).rejects.toThrow('Stack with id app does not exist');
});

test('stack policies are refused by name, wherever they are given', async () => {
  await create({ Resources: box() });
  await settled(cloud, 'app');
  const policies = { StackPolicyBody: '{}', StackPolicyURL: 'https://a.s3.amazonaws.com/b', StackPolicyDuringUpdateBody: '{}', StackPolicyDuringUpdateURL: 'https://a.s3.amazonaws.com/b' };
  for (const [name, value] of Object.entries(policies)) {
    await expect(cloud.client.send(new UpdateStackCommand({ StackName: 'app', UsePreviousTemplate: true, [name]: value }))).rejects.toThrow(unmodelled(`${name} of CloudFormation`));
  }
  await expect(cloud.client.send(new SetStackPolicyCommand({ StackName: 'app', StackPolicyBody: '{}' }))).rejects.toThrow(unmodelled('stack policies of CloudFormation'));
  await expect(cloud.client.send(new GetStackPolicyCommand({ StackName: 'app' }))).rejects.toThrow(unmodelled('stack policies of CloudFormation'));
});

test('a change set and a validation refuse a transform as a stack does', async () => {
  const TemplateBody = JSON.stringify({ Transform: 'AWS::LanguageExtensions', Resources: box() });
  const message = unmodelled('macros, transforms and hooks in a template');
  await expect(cloud.client.send(new CreateChangeSetCommand({ StackName: 'app', ChangeSetName: 'a', ChangeSetType: 'CREATE', TemplateBody }))).rejects.toThrow(message);
  await expect(cloud.client.send(new ValidateTemplateCommand({ TemplateBody }))).rejects.toThrow(message);
});
