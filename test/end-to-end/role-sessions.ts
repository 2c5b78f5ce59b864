import { CloudFormationClient, CreateStackCommand, waitUntilStackCreateComplete } from '@aws-sdk/client-cloudformation';
import { AssumeRoleCommand, STSClient } from '@aws-sdk/client-sts';
import type { Emulator } from './emulator';

/** A session of a role, as `aws sts` and STS itself name its parts. */
export interface RoleSession {
  readonly AccessKeyId: string;
  readonly SecretAccessKey: string;
  readonly SessionToken: string;
}

/** A role that an emulator has, and which the account may assume. */
export const roleArn = 'arn:aws:iam::000000000000:role/machine';

function clientOf({ origin, accessKeyId, secretAccessKey, environment }: Emulator): { readonly endpoint: string; readonly region: string; readonly credentials: { readonly accessKeyId: string; readonly secretAccessKey: string; readonly sessionToken: string } } {
  return { endpoint: origin, region: 'us-west-2', credentials: { accessKeyId, secretAccessKey, sessionToken: environment['AWS_SESSION_TOKEN'] ?? '' } };
}

/**
 * Makes that role, an administrator.
 *
 * @param issuer URL of an OIDC issuer whose tokens for `sts.amazonaws.com` may assume it too
 */
export async function makeRole(emulator: Emulator, issuer?: string): Promise<void> {
  const statements: object[] = [{ Effect: 'Allow', Principal: { AWS: 'arn:aws:iam::000000000000:root' }, Action: 'sts:AssumeRole' }];
  const resources: Record<string, object> = {};
  if (issuer !== undefined) {
    const audience = { [`${issuer.replace('http://', '')}:aud`]: 'sts.amazonaws.com' };
    statements.push({ Effect: 'Allow', Principal: { Federated: { Ref: 'Provider' } }, Action: 'sts:AssumeRoleWithWebIdentity', Condition: { StringEquals: audience } });
    resources['Provider'] = { Type: 'AWS::IAM::OIDCProvider', Properties: { Url: issuer, ClientIdList: ['sts.amazonaws.com'] } };
  }
  const Properties = { RoleName: 'machine', AssumeRolePolicyDocument: { Version: '2012-10-17', Statement: statements }, ManagedPolicyArns: ['arn:aws:iam::aws:policy/AdministratorAccess'] };
  resources['Role'] = { Type: 'AWS::IAM::Role', Properties };
  const client = new CloudFormationClient(clientOf(emulator));
  await client.send(new CreateStackCommand({ StackName: 'Machine', Capabilities: ['CAPABILITY_NAMED_IAM'], TemplateBody: JSON.stringify({ Resources: resources }) }));
  await waitUntilStackCreateComplete({ client, maxWaitTime: 30, minDelay: 1, maxDelay: 1 }, { StackName: 'Machine' });
  client.destroy();
}

/** A new session of it, of which nobody else knows. */
export async function newSession(emulator: Emulator): Promise<RoleSession> {
  const client = new STSClient(clientOf(emulator));
  const { Credentials: { AccessKeyId = '', SecretAccessKey = '', SessionToken = '' } = {} } = await client.send(new AssumeRoleCommand({ RoleArn: roleArn, RoleSessionName: 'machine' }));
  client.destroy();
  return { AccessKeyId, SecretAccessKey, SessionToken };
}
