import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { CreateChangeSetCommand, DescribeChangeSetCommand, ExecuteChangeSetCommand } from '@aws-sdk/client-cloudformation';
import { parseTemplate } from '../../../scripts/local-aws/cloudformation/template';
import type { JsonObject, ResourceType } from '../../../scripts/local-aws/resource';
import { openCloud, settled, type OpenCloud } from './cloud';

/** As the pinned CLI has it, and as it sends it: in YAML. */
const template = execFileSync(join(__dirname, '../../../node_modules/.bin/cdk'), ['bootstrap', '--show-template'], {
  encoding: 'utf8', env: { PATH: process.env['PATH'], CDK_DISABLE_CLI_TELEMETRY: 'true', CDK_DISABLE_VERSION_CHECK: 'true' }, stdio: ['ignore', 'pipe', 'ignore'],
});
const made = new Map<string, JsonObject>();
let cloud: OpenCloud;

beforeAll(async () => {
  cloud = await openCloud(recorders());
});
afterAll(() => cloud.close());

describe('the bootstrap template of the CDK', () => {
  it('is created through a change set, as the CLI does it', async () => {
    const StackName = 'CDKToolkit';
    await cloud.client.send(new CreateChangeSetCommand({
      StackName, ChangeSetName: 'cdk-deploy-change-set', ChangeSetType: 'CREATE', TemplateBody: template, Capabilities: ['CAPABILITY_NAMED_IAM'], ImportExistingResources: true, IncludeNestedStacks: true, DeploymentConfig: { Mode: 'STANDARD' },
      Parameters: [{ ParameterKey: 'FileAssetsBucketKmsKeyId', ParameterValue: 'AWS_MANAGED_KEY' }, { ParameterKey: 'TrustedAccounts', ParameterValue: '' }],
    }));
    const { Status, Changes } = await cloud.client.send(new DescribeChangeSetCommand({ StackName, ChangeSetName: 'cdk-deploy-change-set' }));
    expect([Status, Changes?.length]).toEqual(['CREATE_COMPLETE', 11]);
    await cloud.client.send(new ExecuteChangeSetCommand({ StackName, ChangeSetName: 'cdk-deploy-change-set' }));
    const stack = await settled(cloud, StackName);
    expect(stack.StackStatus).toBe('CREATE_COMPLETE');
    expect(Object.fromEntries(stack.Outputs?.map(({ OutputKey, OutputValue }) => [OutputKey, OutputValue]) ?? [])).toMatchObject({ BucketName: 'StagingBucket', FileAssetKeyArn: 'AWS_MANAGED_KEY' });
    expect(made.get('StagingBucket')).toMatchObject({
      BucketName: 'cdk-hnb659fds-assets-000000000000-us-west-2',
      BucketEncryption: { ServerSideEncryptionConfiguration: [{ ServerSideEncryptionByDefault: { SSEAlgorithm: 'aws:kms' } }] },
      PublicAccessBlockConfiguration: { BlockPublicAcls: true },
    });
    expect(made.get('CloudFormationExecutionRole')).toMatchObject({ ManagedPolicyArns: ['arn:aws:iam::aws:policy/AdministratorAccess'] });
    expect(made.get('CloudFormationExecutionRole')).not.toHaveProperty('PermissionsBoundary');
    expect(made.get('FilePublishingRole')?.['AssumeRolePolicyDocument']).toEqual({ Statement: [
      { Action: 'sts:AssumeRole', Effect: 'Allow', Principal: { AWS: '000000000000' }, Condition: { Null: { 'sts:ExternalId': 'true' } } },
      { Action: 'sts:TagSession', Effect: 'Allow', Principal: { AWS: '000000000000' } },
    ] });
    expect(made.has('FileAssetsBucketEncryptionKey')).toBe(false);
    expect(made.get('CdkBootstrapVersion')).toEqual({ Type: 'String', Name: '/cdk-bootstrap/hnb659fds/version', Value: expect.stringMatching(/^\d+$/) as string });
  });
});

/** Every type of the template, with the properties that the template uses. */
function recorders(): readonly ResourceType[] {
  const resources = Object.values(parseTemplate(template).resources);
  return [...new Set(resources.map(({ type }) => type))].map((name) => ({
    name,
    properties: Object.fromEntries(resources.filter(({ type }) => type === name).flatMap(({ properties }) => Object.keys(properties).map((property) => [property, 'update']))),
    create({ logicalId }, properties) {
      made.set(logicalId, properties);
      return Promise.resolve({ physicalId: logicalId, attributes: { Arn: `arn:aws:test:::${logicalId}`, RegionalDomainName: `${logicalId}.example` } });
    },
    update: (_context, current) => Promise.resolve(current),
    delete: () => Promise.resolve(),
  }));
}
