import { cpSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { CloudFormationClient, CreateStackCommand, waitUntilStackCreateComplete } from '@aws-sdk/client-cloudformation';
import { githubClaims, type Claims } from '../oidc/claims';
import { startIssuer, type Issuer } from '../oidc/issuer';
import { startBootstrapped } from './bootstrapped';
import type { Emulator } from './emulator';
import { makeProject, mustRun, type Project } from './project';

/** An account with the role for the jobs of octo/notes, and an issuer of their tokens. */
export interface CiWorld {
  readonly project: Project;
  readonly emulator: Emulator;
  readonly issuer: Issuer;
  readonly roleArn: string;
  /** What the role's stack put out. */
  readonly outputs: Readonly<Record<string, string>>;
  /** The variables of a job of GitHub Actions, and where its AWS is. Of credentials it has none. */
  job(claims?: Claims, more?: Claims): Readonly<Record<string, string>>;
  close(): Promise<void>;
}

/** The claims of the job that the role is for. */
export const rightClaims = githubClaims({ immutableSub: true });

/** A stack with a role, and the context with which it exists. */
export interface RoleStack {
  readonly name: string;
  readonly context: Readonly<Record<string, string>>;
  /** Of the issuer whose tokens it trusts. */
  readonly issuer: string;
}

const gitHubRole: RoleStack = {
  name: 'GitHubDeployRole',
  context: { repository: 'octo/notes', environment: 'production', branch: 'main', ownerId: '1234', repositoryId: '567890', smokeTest: 'true', pullRequests: 'true' },
  issuer: 'https://token.actions.githubusercontent.com',
};

/** Makes the role as a person does it once, with credentials of their own. What was synthesized for it stays in role.out. */
export async function openCiWorld(role: RoleStack = gitHubRole): Promise<CiWorld> {
  const [project, emulator, issuer] = [makeProject(), await startBootstrapped(), await startIssuer(role.issuer)];
  if (role.context['oidcProvider'] === 'import') {
    // An account that has the provider already.
    await makeStack(emulator, 'Provider', { Provider: { Type: 'AWS::IAM::OIDCProvider', Properties: { Url: issuer.url, ClientIdList: ['sts.amazonaws.com'] } } });
  }
  const context = Object.entries(role.context).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
  await mustRun(project, 'deploy', [role.name, ...context, '--yes', '--outputs-file', 'role.json'], emulator.environment);
  cpSync(join(project.directory, 'cdk.out'), join(project.directory, 'role.out'), { recursive: true });
  const [outputs = {}] = Object.values(JSON.parse(readFileSync(join(project.directory, 'role.json'), 'utf8')) as Record<string, Readonly<Record<string, string>>>);
  const roleArn = outputs['RoleArn'] ?? '';
  return {
    project, emulator, issuer, roleArn, outputs,
    job: (claims = rightClaims, more = {}) => ({
      CI: 'true', GITHUB_ACTIONS: 'true', GITHUB_REPOSITORY: 'octo/notes', GITHUB_RUN_ID: '42', GITHUB_SHA: '0123456789abcdef', GITHUB_STEP_SUMMARY: join(project.home, 'summary.md'),
      ...issuer.githubJob(claims, more),
      AWS_ROLE_ARN: roleArn, AWS_REGION: 'us-west-2', AWS_ENDPOINT_URL: emulator.origin,
    }),
    async close() {
      await issuer[Symbol.asyncDispose]();
      await emulator.close();
      project.remove();
    },
  };
}

/** Makes resources of IAM in a stack `name`, as the person whose account it is. */
async function makeStack(emulator: Emulator, name: string, resources: object): Promise<void> {
  const { AWS_SESSION_TOKEN: sessionToken = '' } = emulator.environment;
  const client = new CloudFormationClient({ endpoint: emulator.origin, region: 'us-west-2', credentials: { accessKeyId: emulator.accessKeyId, secretAccessKey: emulator.secretAccessKey, sessionToken } });
  try {
    await client.send(new CreateStackCommand({ StackName: name, Capabilities: ['CAPABILITY_NAMED_IAM'], TemplateBody: JSON.stringify({ Resources: resources }) }));
    await waitUntilStackCreateComplete({ client, maxWaitTime: 30, minDelay: 1, maxDelay: 1 }, { StackName: name });
  } finally {
    client.destroy();
  }
}

/** Makes roles with these statements as their trust policies, by their names. */
export async function makeRoles({ emulator }: CiWorld, statements: Readonly<Record<string, object>>): Promise<void> {
  const resources = Object.entries(statements).map(([name, statement], index) => [`Role${index}`, { Type: 'AWS::IAM::Role', Properties: { RoleName: name, AssumeRolePolicyDocument: { Version: '2012-10-17', Statement: [statement] } } }] as const);
  await makeStack(emulator, `RolesOf${Object.keys(statements)[0]?.replaceAll('-', '') ?? ''}`, Object.fromEntries(resources));
}
