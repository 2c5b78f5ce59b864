import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { json, machineSession, startServer, type JsonServer } from '../credentials/json-server';
import { identity, session, startFakeSts, type FakeSts } from '../identity/fake-sts';
import { launch, makeProject, type Project } from './project';

// What machines give: the real command against servers that speak STS's, ECS's and EC2's own protocols.

jest.setTimeout(60_000);

let project: Project;
let sts: FakeSts;
let machine: JsonServer;
let folder: string;
beforeAll(async () => {
  project = makeProject();
  folder = mkdtempSync(join(tmpdir(), 'takeoff-token-'));
  const assumed = { accessKeyId: 'ASIAQYLPMN5HHASSUMED', secretAccessKey: 'the-secret-of-the-web-identity', sessionToken: 'the-token-of-the-web-identity' };
  sts = await startFakeSts((request, response) => {
    const answer = request.action === 'AssumeRoleWithWebIdentity' ? session(assumed, new Date(Date.now() + 60_000)) : identity('123456789012', 'arn:aws:sts::123456789012:assumed-role/r/s');
    answer(request, response);
  });
  machine = await startServer(({ method, path }, response) => {
    if (method === 'PUT') response.end('the-token-of-imds');
    else if (path.endsWith('/security-credentials/')) response.end('deployer');
    else if (path.endsWith('/placement/region')) response.end('eu-west-1');
    else json(response, 200, machineSession);
  });
});
afterAll(async () => {
  project.remove();
  rmSync(folder, { recursive: true });
  await sts.close();
  await machine.close();
});

/** The report of a preflight whose STS is ours, and which finds no SSM. */
async function report(environment: Readonly<Record<string, string>>): Promise<{ readonly [key: string]: unknown; readonly checks: readonly { readonly id: string }[] }> {
  const ran = await launch(project, 'preflight', ['--json'], { AWS_ENDPOINT_URL_STS: sts.origin, AWS_ENDPOINT_URL_SSM: 'http://127.0.0.1:9', ...environment });
  for (const secret of ['the-secret-of-the-web-identity', 'the-token-of-the-web-identity', machineSession.SecretAccessKey, machineSession.Token]) expect(ran.output).not.toContain(secret);
  return JSON.parse(ran.stdout) as Awaited<ReturnType<typeof report>>;
}

test.each([
  ['web-identity', 'ASIA…UMED', () => ({ AWS_REGION: 'us-west-2', AWS_ROLE_ARN: 'arn:aws:iam::123456789012:role/r', AWS_WEB_IDENTITY_TOKEN_FILE: tokenFile() })],
  ['container', 'ASIA…HINE', () => ({ AWS_REGION: 'us-west-2', AWS_CONTAINER_CREDENTIALS_FULL_URI: `${machine.origin}/v1/credentials`, AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE: tokenFile() })],
  ['instance', 'ASIA…HINE', () => instance()],
])('%s credentials are found and proved, and a short session is no obstacle where it is renewed', async (source, accessKeyId, environment) => {
  const { credentials, identity: proved, checks } = await report(environment());
  expect(credentials).toMatchObject({ source, kind: 'temporary', accessKeyId });
  expect(proved).toMatchObject({ account: '123456789012' });
  expect(checks).toEqual(expect.arrayContaining([
    expect.objectContaining({ id: 'key-kind', status: 'pass' }), expect.objectContaining({ id: 'key-age', status: 'skip' }),
    expect.objectContaining({ id: 'expiry', status: 'pass' }), expect.objectContaining({ id: 'toolchain', status: 'pass' }),
  ]));
});

test('the region of the instance comes with its role', async () => {
  expect((await report(instance()))['region']).toEqual({ value: 'eu-west-1', source: 'instance' });
});

test('long-term keys in CI stop with their code', async () => {
  const keys = { AWS_ACCESS_KEY_ID: 'AKIAQYLPMN5HHQWERTYU', AWS_SECRET_ACCESS_KEY: '0000000000000000000000000000000000000000', AWS_REGION: 'us-west-2' };
  expect(await report({ ...keys, CI: 'true' })).toMatchObject({ exitCode: 5, error: { code: 'LONG_TERM_KEYS_IN_CI' } });
});

test('a session that ends too soon stops with its code', async () => {
  const keys = { AWS_ACCESS_KEY_ID: 'ASIAQYLPMN5HHQWERTYU', AWS_SECRET_ACCESS_KEY: '0000000000000000000000000000000000000000', AWS_SESSION_TOKEN: 'a-token-of-some-length', AWS_REGION: 'us-west-2' };
  expect(await report({ ...keys, AWS_CREDENTIAL_EXPIRATION: new Date(Date.now() + 5 * 60_000).toISOString() })).toMatchObject({ exitCode: 5, error: { code: 'SESSION_TOO_SHORT' } });
});

test('a wrong account is seen in the key id, before AWS is asked', async () => {
  const keys = { AWS_ACCESS_KEY_ID: 'ASIAY34FZKBOKMUTVV7A', AWS_SECRET_ACCESS_KEY: '0000000000000000000000000000000000000000', AWS_SESSION_TOKEN: 'a-token-of-some-length', AWS_REGION: 'us-west-2' };
  const ran = await launch(project, 'preflight', ['--json', '--account', '111111111111'], keys);
  expect(JSON.parse(ran.stdout)).toMatchObject({ exitCode: 5, identity: null, error: { code: 'WRONG_ACCOUNT', message: expect.stringMatching(/609629065308.*111111111111/) as string } });
});

test('a region with a typing error is seen before AWS is asked', async () => {
  const keys = { AWS_ACCESS_KEY_ID: 'ASIAY34FZKBOKMUTVV7A', AWS_SECRET_ACCESS_KEY: '0000000000000000000000000000000000000000', AWS_SESSION_TOKEN: 'a-token-of-some-length', AWS_REGION: 'us-esat-1' };
  const ran = await launch(project, 'preflight', ['--json'], keys);
  expect(JSON.parse(ran.stdout)).toMatchObject({ exitCode: 2, error: { code: 'BAD_REGION', fix: 'Did you mean us-east-1?' } });
});

function instance(): Record<string, string> {
  return { AWS_EC2_METADATA_DISABLED: 'false', AWS_EC2_METADATA_SERVICE_ENDPOINT: machine.origin };
}

function tokenFile(): string {
  const path = join(folder, 'token');
  writeFileSync(path, 'the-token-in-the-file-of-the-machine');
  return path;
}
