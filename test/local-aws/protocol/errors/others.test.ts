import { ApiGatewayV2Client, GetApiCommand, GetRouteCommand, GetRoutesCommand } from '@aws-sdk/client-apigatewayv2';
import {
  CloudFormationClient, CreateChangeSetCommand, CreateStackCommand, DeleteStackCommand, DescribeChangeSetCommand, DescribeStackEventsCommand, DescribeStackResourceCommand, DescribeStackResourcesCommand,
  DescribeStacksCommand, ExecuteChangeSetCommand, ListImportsCommand, RollbackStackCommand, UpdateStackCommand, UpdateTerminationProtectionCommand, type CreateStackCommandInput,
} from '@aws-sdk/client-cloudformation';
import {
  CloudWatchLogsClient, CreateLogGroupCommand, CreateLogStreamCommand, DescribeLogGroupsCommand, DescribeLogStreamsCommand, GetLogEventsCommand, PutLogEventsCommand,
} from '@aws-sdk/client-cloudwatch-logs';
import { DescribeRepositoriesCommand, ECRClient } from '@aws-sdk/client-ecr';
import { DescribeKeyCommand, KMSClient } from '@aws-sdk/client-kms';
import { DeleteParameterCommand, GetParameterCommand, GetParametersCommand, PutParameterCommand, SSMClient, type PutParameterCommandInput } from '@aws-sdk/client-ssm';
import { settledStatus } from '../../settled-stack';
import { openProof } from '../proof';
import { codesIn, told } from './told';

const proof = openProof();
let stackId = '';
let apiId: string | undefined;

const { init } = proof;
const clients = {
  cloudformation: proof.watch(new CloudFormationClient(init)), ssm: proof.watch(new SSMClient(init)), logs: proof.watch(new CloudWatchLogsClient(init)), kms: proof.watch(new KMSClient(init)),
  ecr: proof.watch(new ECRClient(init)), apigateway: proof.watch(new ApiGatewayV2Client(init)),
};

beforeAll(async () => {
  await proof.deploy({ Api: { Type: 'AWS::ApiGatewayV2::Api', Properties: { Name: 'a', ProtocolType: 'HTTP' } }, Named: { ...plain, Properties: { ...plain.Properties, Name: 'kept' } } });
  ({ PhysicalResourceId: apiId } = (await clients.cloudformation.send(new DescribeStackResourceCommand({ StackName: 'app', LogicalResourceId: 'Api' }))).StackResourceDetail ?? {});
  ({ StackId: stackId = '' } = await create('there', { A: plain }));
  await settledStatus(clients.cloudformation, 'there');
  await set('same', {});
  await clients.logs.send(new CreateLogGroupCommand({ logGroupName: 'g' }));
  await clients.logs.send(new CreateLogStreamCommand(stream));
  await put('taken');
});

const plain = { Type: 'AWS::SSM::Parameter', Properties: { Type: 'String', Value: 'x' } };
const create = (StackName: string, Resources: object, more: Partial<CreateStackCommandInput> = {}) => clients.cloudformation.send(new CreateStackCommand({ StackName, TemplateBody: JSON.stringify({ Resources }), ...more }));
const set = (ChangeSetName: string, more: object) => clients.cloudformation.send(new CreateChangeSetCommand({ StackName: 'there', ChangeSetName, UsePreviousTemplate: true, ...more }));
const put = (Name: string, more: Partial<PutParameterCommandInput> = {}) => clients.ssm.send(new PutParameterCommand({ Name, Type: 'String', Value: 'x', ...more }));
const stream = { logGroupName: 'g', logStreamName: 's' };
const role = { Type: 'AWS::IAM::Role', Properties: { AssumeRolePolicyDocument: {} } };
const now = Date.now();

type Row = readonly [string, number, string, () => Promise<unknown>];

const ssm: readonly Row[] = [
  ['AccessDeniedException', 400, 'No access to reserved parameter name: /aws/x.', () => put('/aws/x')],
  ['HierarchyLevelLimitExceededException', 400, 'A parameter name cannot have more than 15 levels.', () => put('/a'.repeat(16))],
  ['InvalidAllowedPatternException', 400, 'The regular expression ( is invalid.', () => put('p', { AllowedPattern: '(' })],
  ['ParameterAlreadyExists', 400, 'The parameter already exists. To overwrite this value, set the overwrite option in the request to true.', () => put('taken')],
  ['ParameterNotFound', 400, 'UnknownError', () => clients.ssm.send(new GetParameterCommand({ Name: 'none' }))],
  ['ParameterNotFound', 400, 'UnknownError', () => clients.ssm.send(new DeleteParameterCommand({ Name: 'none' }))],
  ['ParameterPatternMismatchException', 400, 'Parameter value, cannot be validated against allowedPattern: ^\\d+$', () => put('p', { AllowedPattern: '^\\d+$' })],
  ['ValidationException', 400, 'Parameter name: can\'t be prefixed with "aws" or "ssm" (case-insensitive).', () => put('ssm-p')],
  ['ValidationException', 400, 'Parameter name: can\'t be prefixed with "ssm" (case-insensitive). If formed as a path, it can consist of sub-paths divided by slash symbol; each sub-path can be formed as a mix of letters, numbers and the following 3 symbols .-_', () => put('/ssm/p')],
  ['ValidationException', 400, 'A parameter type is required when you create a parameter.', () => put('p', { Type: undefined })],
  ['ValidationException', 400, "1 validation error detected: Value '[]' at 'names' failed to satisfy constraint: Member must have length greater than or equal to 1", () => clients.ssm.send(new GetParametersCommand({ Names: [] }))],
  ['ValidationException', 400, 'Standard tier parameters support a maximum parameter value of 4096 characters. To create a larger parameter value, upgrade the parameter to use the advanced-parameter tier.', () => put('p', { Value: 'x'.repeat(4097) })],
];

const logs: readonly Row[] = [
  ['InvalidParameterException', 400, "1 validation error detected: Value '51' at 'limit' failed to satisfy constraint: Member must have value less than or equal to 50", () => clients.logs.send(new DescribeLogGroupsCommand({ limit: 51 }))],
  ['InvalidParameterException', 400, 'The specified nextToken is invalid.', () => clients.logs.send(new GetLogEventsCommand({ ...stream, nextToken: 'x' }))],
  ['InvalidParameterException', 400, 'Cannot order by LastEventTime with a logStreamNamePrefix.', () => clients.logs.send(new DescribeLogStreamsCommand({ logGroupName: 'g', orderBy: 'LastEventTime', logStreamNamePrefix: 'x' }))],
  ['InvalidParameterException', 400, 'Log events in a single PutLogEvents request must be in chronological order.',
    () => clients.logs.send(new PutLogEventsCommand({ ...stream, logEvents: [{ timestamp: now, message: 'a' }, { timestamp: now - 1, message: 'b' }] }))],
  ['ResourceAlreadyExistsException', 400, 'The specified log group already exists', () => clients.logs.send(new CreateLogGroupCommand({ logGroupName: 'g' }))],
  ['ResourceAlreadyExistsException', 400, 'The specified log stream already exists', () => clients.logs.send(new CreateLogStreamCommand(stream))],
  ['ResourceNotFoundException', 400, 'The specified log group does not exist.', () => clients.logs.send(new CreateLogStreamCommand({ ...stream, logGroupName: 'none' }))],
  ['ResourceNotFoundException', 400, 'The specified log stream does not exist.', () => clients.logs.send(new GetLogEventsCommand({ ...stream, logStreamName: 'none' }))],
  ['ValidationException', 400, 'LogGroup name and LogGroup ARN are mutually exclusive parameters.', () => clients.logs.send(new DescribeLogStreamsCommand({ logGroupName: 'g', logGroupIdentifier: 'g' }))],
];

const cloudformation: readonly Row[] = [
  ['AlreadyExistsException', 400, 'Stack [there] already exists', () => create('there', { A: plain })],
  ['AlreadyExistsException', 400, 'ChangeSet same already exists', () => set('same', {})],
  ['ChangeSetNotFoundException', 404, 'ChangeSet [none] does not exist', () => clients.cloudformation.send(new DescribeChangeSetCommand({ StackName: 'there', ChangeSetName: 'none' }))],
  ['InsufficientCapabilitiesException', 400, 'Requires capabilities : [CAPABILITY_IAM]', () => create('roles', { Role: role })],
  ['InsufficientCapabilitiesException', 400, 'Requires capabilities : [CAPABILITY_NAMED_IAM]', () => create('roles', { Role: { ...role, Properties: { ...role.Properties, RoleName: 'r' } } }, { Capabilities: ['CAPABILITY_IAM'] })],
  ['InvalidChangeSetStatusException', 400, expect.stringMatching(/^ChangeSet \[arn:aws:cloudformation:us-west-2:000000000000:changeSet\/same\/[\da-f-]+\] cannot be executed in its current status of \[FAILED\]$/) as string,
    () => clients.cloudformation.send(new ExecuteChangeSetCommand({ StackName: 'there', ChangeSetName: 'same' }))],
  ['ValidationError', 400, 'Stack with id none does not exist', () => clients.cloudformation.send(new DescribeStacksCommand({ StackName: 'none' }))],
  ['ValidationError', 400, 'Stack [none] does not exist', () => clients.cloudformation.send(new DescribeStackEventsCommand({ StackName: 'none' }))],
  ['ValidationError', 400, 'Stack [none] does not exist', () => clients.cloudformation.send(new UpdateStackCommand({ StackName: 'none', UsePreviousTemplate: true }))],
  ['ValidationError', 400, 'No updates are to be performed.', () => clients.cloudformation.send(new UpdateStackCommand({ StackName: 'there', UsePreviousTemplate: true }))],
  ['ValidationError', 400, 'Resource None does not exist for stack there', () => clients.cloudformation.send(new DescribeStackResourceCommand({ StackName: 'there', LogicalResourceId: 'None' }))],
  ['ValidationError', 400, 'Stack for none does not exist', () => clients.cloudformation.send(new DescribeStackResourcesCommand({ PhysicalResourceId: 'none' }))],
  ['ValidationError', 400, "Export 'none' is not imported by any stack.", () => clients.cloudformation.send(new ListImportsCommand({ ExportName: 'none' }))],
  ['ValidationError', 400, 'Either Template URL or Template Body must be specified.', () => create('bodiless', {}, { TemplateBody: undefined })],
  ['ValidationError', 400, 'Stack [there] already exists and cannot be created again with the changeSet [made].', () => set('made', { ChangeSetType: 'CREATE' })],
  ['ValidationError', 400, "1 validation error detected: Value 'a_b' at 'stackName' failed to satisfy constraint: Member must satisfy regular expression pattern: [a-zA-Z][-a-zA-Z0-9]*", () => create('a_b', { A: plain })],
  ['ValidationError', 400, 'Stack [there] cannot be deleted while TerminationProtection is enabled', async () => {
    await clients.cloudformation.send(new UpdateTerminationProtectionCommand({ StackName: 'there', EnableTerminationProtection: true }));
    return clients.cloudformation.send(new DeleteStackCommand({ StackName: 'there' }));
  }],
  ['ValidationError', 400, expect.stringMatching(/^Invalid operation on stack \[arn:[^\]]+\]\. When you delete a stack, specify which resources to retain only when the stack is in the DELETE_FAILED state\.$/) as string,
    () => clients.cloudformation.send(new DeleteStackCommand({ StackName: 'app', RetainResources: ['Api'] }))],
  ['ValidationError', 400, expect.stringMatching(/^Stack:arn:[^ ]+ is in CREATE_COMPLETE state and can not be rolled back\.$/) as string, () => clients.cloudformation.send(new RollbackStackCommand({ StackName: stackId }))],
];

const kms: readonly Row[] = [
  ['NotFoundException', 400, 'Alias arn:aws:kms:us-west-2:000000000000:alias/none is not found.', () => clients.kms.send(new DescribeKeyCommand({ KeyId: 'alias/none' }))],
  ['NotFoundException', 400, expect.stringMatching(/^Key 'arn:aws:kms:us-west-2:000000000000:key\/[\da-f-]{36}' does not exist$/) as string, () => clients.kms.send(new DescribeKeyCommand({ KeyId: '12345678-1234-1234-1234-123456789012' }))],
  ['ValidationException', 400, "1 validation error detected: Value at 'keyId' failed to satisfy constraint: Member must not be null", () => clients.kms.send(new DescribeKeyCommand({ KeyId: '' }))],
];

const ecr: readonly Row[] = [
  ['RepositoryNotFoundException', 400, "The repository with name 'none' does not exist in the registry with id '000000000000'", () => clients.ecr.send(new DescribeRepositoriesCommand({ repositoryNames: ['none'] }))],
];

const apigateway: readonly Row[] = [
  ['NotFoundException', 404, 'Invalid API identifier specified 000000000000:none', () => clients.apigateway.send(new GetApiCommand({ ApiId: 'none' }))],
  ['NotFoundException', 404, 'Invalid API identifier specified 000000000000:none', () => clients.apigateway.send(new GetRoutesCommand({ ApiId: 'none' }))],
  ['NotFoundException', 404, 'Invalid Route identifier specified', () => clients.apigateway.send(new GetRouteCommand({ ApiId: apiId, RouteId: 'none' }))],
];

const tables = { ssm, logs, cloudformation, kms, ecr, apigateway };

test.each(Object.entries(tables).flatMap(([service, rows]) => rows.map((row) => [service, ...row] as const)))('%s: %s (%i): %s', async (_, name, status, message, send) => {
  expect(await told(send())).toEqual({ name, status, message });
});

/** What only the event of a stack's resource tells, which has no code; and what the SDK names as its model does. */
const ofStacks: Readonly<Record<string, readonly string[]>> = {
  cloudformation: ['AccessDenied', 'AlreadyExists', 'InvalidClientTokenId'], kms: ['AlreadyExistsException', 'NotAuthorizedException'],
  ecr: ['InvalidParameterException', 'RepositoryAlreadyExistsException', 'ValidationError'], apigateway: ['BadRequestException', 'ConflictException', 'ValidationError'],
};
const modelled: Readonly<Record<string, string>> = { ChangeSetNotFound: 'ChangeSetNotFoundException', InvalidChangeSetStatus: 'InvalidChangeSetStatusException' };

test.each(Object.entries(tables))('no other error is in the code of %s', (service, rows) => {
  const known = new Set([...rows.map(([name]) => name), ...(ofStacks[service] ?? [])]);
  expect(codesIn(service).map((code) => modelled[code] ?? code).filter((code) => !known.has(code))).toEqual([]);
});
