import { createHash } from 'node:crypto';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { cliSessionName } from '../../scripts/credentials/sessions/cli-session';
import { ssoCacheFile } from '../../scripts/credentials/profiles/sso-login';
import { json, startServer, type JsonServer } from '../credentials/json-server';
import { startIdentityCenter, type IdentityCenter } from '../login/fake-identity-center';
import { githubClaims } from '../oidc/claims';
import { startIssuer, type Issuer } from '../oidc/issuer';
import { parameterOf } from './deployed';
import { startBootstrapped } from './bootstrapped';
import type { Emulator } from './emulator';
import { assemble, writeApp } from './fixture-app';
import { launch, makeProject, type Project } from './project';
import { makeRole, newSession, roleArn, type RoleSession } from './role-sessions';

// The real command and the real CDK deploy a change with what each kind of source gives, and nothing else is used.

jest.setTimeout(120_000);

const app = `
import { App, CfnParameter, Stack } from 'aws-cdk-lib/core';
import { CfnParameter as SsmParameter } from 'aws-cdk-lib/aws-ssm';

const stack = new Stack(new App(), 'Sources');
const value = new CfnParameter(stack, 'Value', { default: 'none' });
new SsmParameter(stack, 'Parameter', { name: '/fixture/source', type: 'String', value: value.valueAsString });
`;

let project: Project;
let emulator: Emulator;
let issuer: Issuer;
/** The endpoint of a container and the metadata service of an instance: both want their token. */
let machine: JsonServer;
let center: IdentityCenter;
/** What the source of the running test gives. */
let given: RoleSession;

beforeAll(async () => {
  project = makeProject();
  writeApp(project, app);
  [emulator, issuer] = await Promise.all([startBootstrapped(), startIssuer()]);
  await makeRole(emulator, issuer.url);
  machine = await startServer(({ method, path, headers }, response) => {
    if (method === 'PUT') return response.end('the-token-of-imds');
    if (headers.authorization !== 'the-token-of-the-pod' && headers['x-aws-ec2-metadata-token'] !== 'the-token-of-imds') return json(response, 401, {});
    if (path.endsWith('/security-credentials/')) return response.end('machine');
    if (path.endsWith('/placement/region')) return response.end('us-west-2');
    const { SessionToken: Token, ...keys } = given;
    return json(response, 200, { Code: 'Success', ...keys, Token, Expiration: inAnHour() });
  });
  await assemble(project, 'cdk.out');
});

beforeEach(async () => {
  given = await newSession(emulator);
  center = await startIdentityCenter({ accessKeyId: given.AccessKeyId, secretAccessKey: given.SecretAccessKey, sessionToken: given.SessionToken });
  rmSync(join(project.home, '.aws'), { recursive: true, force: true });
  rmSync(join(project.directory, '.env'), { force: true });
});

afterEach(() => center.close());

afterAll(async () => {
  await machine.close();
  await issuer[Symbol.asyncDispose]();
  await emulator.close();
  project.remove();
});

interface Arranged {
  readonly args?: readonly string[];
  readonly environment?: Readonly<Record<string, string>>;
}

/** How the report calls the source; whether its session is one that STS gave in the run; and what makes it be there. */
type Row = readonly [kind: string, title: RegExp, session: 'given' | 'assumed', arrange: () => Arranged];

const rows: readonly Row[] = [
  ['keys of the environment', /environment keys/, 'given', () => ({ environment: keyVariables() })],
  ['keys of .env', /\.env/, 'given', () => {
    writeFileSync(join(project.directory, '.env'), Object.entries(keyVariables()).map(([name, value]) => `${name}=${value}\n`).join(''));
    return {};
  }],
  ['the default profile', /profile default/, 'given', () => credentialsFile('default')],
  ['a profile with keys', /profile dev/, 'given', () => ({ ...credentialsFile('dev'), args: ['--profile', 'dev'] })],
  ['a role of a source_profile', /profile dev/, 'assumed', () => {
    credentialsFile('base');
    return profile('source_profile = base', `role_arn = ${roleArn}`);
  }],
  ['a role of a credential_source', /profile dev/, 'assumed', () => {
    return { ...profile('credential_source = EcsContainer', `role_arn = ${roleArn}`), ...container() };
  }],
  ['a role whose MFA session the AWS CLI has kept', /profile dev/, 'given', () => {
    credentialsFile('base');
    const said = new Map([['role_arn', roleArn], ['mfa_serial', 'arn:aws:iam::000000000000:mfa/dev']]);
    inHome(`.aws/cli/cache/${cliSessionName({ properties: said }, emulator.origin)}`, JSON.stringify({ Credentials: { ...given, Expiration: inAnHour() } }));
    return profile('source_profile = base', ...[...said].map(([key, value]) => `${key} = ${value}`));
  }],
  ['a credential_process', /profile dev/, 'given', () => {
    const printed = inHome('session.json', JSON.stringify({ Version: 1, ...given, Expiration: inAnHour() }));
    return profile(`credential_process = cat ${printed}`);
  }],
  ['IAM Identity Center', /profile dev/, 'given', () => {
    inHome(ssoCacheFile('', 'acme'), JSON.stringify({ startUrl: center.startUrl, region: 'us-west-2', accessToken: center.issue(), expiresAt: inAnHour() }));
    const { args } = profile('sso_session = acme', 'sso_account_id = 000000000000', 'sso_role_name = machine', '[sso-session acme]', `sso_start_url = ${center.startUrl}`, 'sso_region = us-west-2');
    return { args, environment: { AWS_ENDPOINT_URL_SSO: center.origin } };
  }],
  ['aws login', /profile dev/, 'given', () => {
    const session = 'arn:aws:iam::000000000000:user/dev';
    const accessToken = { accessKeyId: given.AccessKeyId, secretAccessKey: given.SecretAccessKey, sessionToken: given.SessionToken, accountId: '000000000000', expiresAt: inAnHour() };
    const name = createHash('sha256').update(session).digest('hex');
    inHome(`.aws/login/cache/${name}.json`, JSON.stringify({ accessToken, tokenType: 'aws_sigv4', clientId: 'arn:aws:signin:::devtools/same-device', refreshToken: 'a-refresh-token', idToken: 'an-id-token', dpopKey: 'a-key' }));
    profile(`login_session = ${session}`);
    return { environment: { AWS_PROFILE: 'dev' } };
  }],
  ['a role of a web_identity_token_file', /profile dev/, 'assumed', () => profile(`web_identity_token_file = ${webToken()}`, `role_arn = ${roleArn}`)],
  ['web identity', /web identity/, 'assumed', () => ({ environment: { AWS_ROLE_ARN: roleArn, AWS_WEB_IDENTITY_TOKEN_FILE: webToken() } })],
  ['a container', /container role/, 'given', container],
  ['an EC2 instance', /instance role/, 'given', () => ({ environment: { AWS_EC2_METADATA_DISABLED: 'false', AWS_EC2_METADATA_SERVICE_ENDPOINT: machine.origin } })],
];

test.each(rows)('%s', async (kind, title, session, arrange) => {
  const { args = [], environment = {} } = arrange();
  const from = emulator.requests.length;
  const value = kind.replaceAll(/\W+/g, '-');
  const ran = await launch(project, 'deploy', ['--yes', '--assembly', 'cdk.out', '--parameters', `Value=${value}`, ...args], { AWS_ENDPOINT_URL: emulator.origin, AWS_REGION: 'us-west-2', CDK_VALIDATION: 'false', ...environment });
  expect(ran).toMatchObject({ code: 0 });
  const requests = emulator.requests.slice(from);
  expect(await parameterOf(emulator, '/fixture/source')).toBe(value);

  const proof = requests.find(({ issued }) => issued !== null);
  const expected = session === 'given' ? given.AccessKeyId : proof?.issued ?? '';
  expect(ran.output).toMatch(new RegExp(`${title.source}: ${expected.slice(0, 4)}…${expected.slice(-4)}`));
  const known = new Set([given.AccessKeyId, null, ...requests.map(({ issued }) => issued)]);
  expect(requests.filter(({ accessKeyId }) => !known.has(accessKeyId))).toEqual([]);
  expect(requests.filter(({ accessKeyId, issued }) => accessKeyId === expected && issued !== null).length).toBeGreaterThan(0);
  for (const secret of [given.SecretAccessKey, given.SessionToken, ...center.secrets]) expect(ran.output).not.toContain(secret);
});

function inAnHour(): string {
  return new Date(Date.now() + 3_600_000).toISOString();
}

function inHome(path: string, text: string): string {
  const file = join(project.home, path);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text);
  return file;
}

function keyVariables(): Record<string, string> {
  return { AWS_ACCESS_KEY_ID: given.AccessKeyId, AWS_SECRET_ACCESS_KEY: given.SecretAccessKey, AWS_SESSION_TOKEN: given.SessionToken };
}

function credentialsFile(name: string): Arranged {
  inHome('.aws/credentials', `[${name}]\naws_access_key_id = ${given.AccessKeyId}\naws_secret_access_key = ${given.SecretAccessKey}\naws_session_token = ${given.SessionToken}\n`);
  return {};
}

/** Profile `dev`, chosen by its option. */
function profile(...lines: readonly string[]): { readonly args: readonly string[] } {
  inHome('.aws/config', ['[profile dev]', ...lines, ''].join('\n'));
  return { args: ['--profile', 'dev'] };
}

function container(): { readonly environment: Readonly<Record<string, string>> } {
  const file = inHome('token', 'the-token-of-the-pod');
  return { environment: { AWS_CONTAINER_CREDENTIALS_FULL_URI: `${machine.origin}/v1/credentials`, AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE: file } };
}

function webToken(): string {
  return inHome('web-token', issuer.token(githubClaims(), { aud: 'sts.amazonaws.com' }));
}
