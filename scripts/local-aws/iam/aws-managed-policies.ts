import type { PolicyDocument } from './policy-document';

function allow(actions: readonly string[]): PolicyDocument {
  return { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: [...actions], Resource: '*' }] };
}

const writeLogs = ['logs:CreateLogGroup', 'logs:CreateLogStream', 'logs:PutLogEvents'];

/** AWS's policies by the end of their ARN, as far as they are about services that are modelled. Each says the rest too, where it is short. */
export const awsPolicies: ReadonlyMap<string, PolicyDocument> = new Map([
  ['AdministratorAccess', allow(['*'])],
  ['PowerUserAccess', { Version: '2012-10-17', Statement: [{ Effect: 'Allow', NotAction: ['iam:*', 'organizations:*', 'account:*'], Resource: '*' }] }],
  ['ReadOnlyAccess', allow(readActions())],
  [
    'AWSCloudFormationReadOnlyAccess',
    allow([
      'cloudformation:Describe*',
      'cloudformation:BatchDescribe*',
      'cloudformation:EstimateTemplateCost',
      'cloudformation:Get*',
      'cloudformation:List*',
      'cloudformation:ValidateTemplate',
      'cloudformation:Detect*',
    ]),
  ],
  ['service-role/AWSLambdaBasicExecutionRole', allow(writeLogs)],
  [
    'service-role/AWSLambdaVPCAccessExecutionRole',
    allow([
      ...writeLogs,
      'ec2:CreateNetworkInterface',
      'ec2:DescribeNetworkInterfaces',
      'ec2:DescribeSubnets',
      'ec2:DeleteNetworkInterface',
      'ec2:AssignPrivateIpAddresses',
      'ec2:UnassignPrivateIpAddresses',
    ]),
  ],
  [
    'service-role/AmazonAPIGatewayPushToCloudWatchLogs',
    allow([...writeLogs, 'logs:DescribeLogGroups', 'logs:DescribeLogStreams', 'logs:GetLogEvents', 'logs:FilterLogEvents']),
  ],
]);

/** The part of ReadOnlyAccess that is about the services of the local AWS. */
function readActions(): string[] {
  const verbs = {
    apigateway: ['GET'],
    cloudformation: ['Describe*', 'Detect*', 'Estimate*', 'Get*', 'List*', 'ValidateTemplate'],
    dynamodb: ['BatchGet*', 'Describe*', 'Get*', 'List*', 'PartiQLSelect', 'Query', 'Scan'],
    ecr: ['BatchCheck*', 'BatchGet*', 'Describe*', 'Get*', 'List*'],
    iam: ['Generate*', 'Get*', 'List*', 'Simulate*'],
    kms: ['Describe*', 'Get*', 'List*'],
    lambda: ['Get*', 'List*'],
    logs: ['Describe*', 'FilterLogEvents', 'Get*', 'List*', 'StartQuery', 'StopQuery', 'TestMetricFilter'],
    s3: ['DescribeJob', 'Get*', 'List*'],
    ssm: ['Describe*', 'Get*', 'List*'],
    sts: ['GetAccessKeyInfo', 'GetCallerIdentity', 'GetSessionToken'],
  };
  return Object.entries(verbs).flatMap(([service, names]) => names.map((name) => `${service}:${name}`));
}
