import { AwsError, unsupported } from '../aws-error';
import type { LocalAws } from '../service';
import type { Table } from '../store';
import type { PolicyDocument } from './evaluate';

/** A policy that can be attached. */
export interface ManagedPolicy {
  readonly name: string;
  /** Begins and ends with a slash. */
  readonly path: string;
  readonly arn: string;
  /** `ANPA…` */
  readonly id: string;
  readonly description: string;
  /** ISO 8601. */
  readonly created: string;
  /** ISO 8601. */
  updated: string;
  /** `v1`, and one more with each change. */
  version: string;
  document: PolicyDocument;
}

/** The account's own managed policies, by ARN. */
export function customerPolicies(local: LocalAws): Table<ManagedPolicy> {
  return local.store.table<ManagedPolicy>('iam-policies');
}

/**
 * What the managed policy of that ARN says now.
 *
 * @throws AwsError NoSuchEntity; UnsupportedOperation for a policy of AWS that is not modelled
 */
export function documentOfPolicy(local: LocalAws, arn: string): PolicyDocument {
  return findManagedPolicy(local, arn).document;
}

/** As {@link documentOfPolicy}, with all that is known of it. */
export function findManagedPolicy(local: LocalAws, arn: string): ManagedPolicy {
  const own = customerPolicies(local).get(arn);
  if (own !== undefined) return own;
  const path = /^arn:aws:iam::aws:policy\/(.+)$/.exec(arn)?.[1];
  if (path === undefined) {
    throw new AwsError('NoSuchEntity', `Policy ${arn} does not exist or is not attachable.`, 404);
  }
  const document = awsPolicies.get(path);
  if (document === undefined) throw unsupported(`the managed policy ${arn}`);
  const name = path.slice(path.lastIndexOf('/') + 1);
  const created = '2015-02-06T18:39:46Z';
  return { name, path: `/${path.slice(0, -name.length)}`, arn, id: `ANPA${name.toUpperCase().slice(0, 17)}`, description: '', created, updated: created, version: 'v1', document };
}

function allow(actions: readonly string[]): PolicyDocument {
  return { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: [...actions], Resource: '*' }] };
}

const writeLogs = ['logs:CreateLogGroup', 'logs:CreateLogStream', 'logs:PutLogEvents'];

/** AWS's policies by the end of their ARN, as far as they are about services that are modelled. Each says the rest too, where it is short. */
const awsPolicies: ReadonlyMap<string, PolicyDocument> = new Map([
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
