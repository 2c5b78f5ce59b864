import { assumeBootstrapRoleWith } from '../../scripts/checks/assume-bootstrap-role';
import { readVersionWith } from '../../scripts/checks/read-bootstrap-version';
import type { AwsVariables } from '../../scripts/credentials/connection/aws-variables';
import { Failure } from '../../scripts/failures/failure';
import { refusal as stsRefusal, session, startFakeSts, type FakeSts } from '../identity/fake-sts';
import { forgetSecrets, registeredCount } from '../../scripts/secrets/registry';
import { parameter, refusal, startFakeSsm, type FakeSsm, type SsmAnswer } from './fake-ssm';

const credentials = { accessKeyId: 'AKIAQYLPMN5HHHFPZAM2', secretAccessKey: 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYzzzzzzzzzz' };
const name = '/cdk-bootstrap/hnb659fds/version';
const servers: FakeSsm[] = [];

async function ssm(...answers: readonly SsmAnswer[]): Promise<FakeSsm> {
  const server = await startFakeSsm(...answers);
  servers.push(server);
  return server;
}

afterEach(async () => {
  for (const server of servers.splice(0)) await server.close();
});

const place = { account: '123456789012', region: 'eu-west-1', qualifier: 'hnb659fds' };

/** Reads as 123456789012, with `roles` to fall back on. */
function readAt(aws: AwsVariables, roles: readonly string[] = [], at = place): Promise<unknown> {
  return readVersionWith({ credentials, account: '123456789012', aws, assume: assumeBootstrapRoleWith(credentials, aws, 'eu-west-1') })(name, at, roles);
}

async function read(...answers: readonly SsmAnswer[]): Promise<unknown> {
  const { origin } = await ssm(...answers);
  return readAt({ AWS_ENDPOINT_URL_SSM: origin });
}

test('the version is read with the credentials given, in the region asked for', async () => {
  const server = await ssm(parameter('28'));
  expect(await readAt({ AWS_ENDPOINT_URL: server.origin })).toEqual({ kind: 'version', version: 28 });
  expect(server.requests).toHaveLength(1);
  expect(server.requests[0]?.body).toEqual({ Name: name });
  expect(server.requests[0]?.headers).toMatchObject({
    'x-amz-target': 'AmazonSSM.GetParameter',
    authorization: expect.stringMatching(/^AWS4-HMAC-SHA256 Credential=AKIAQYLPMN5HHHFPZAM2\/\d{8}\/eu-west-1\/ssm\//) as string,
  });
});

test.each(['', 'six', '6.5', '-1', '0x1c'])('%j is no version', async (text) => {
  expect(await read(parameter(text))).toEqual({ kind: 'unknown', why: `the SSM parameter ${name} holds no number` });
});

test('no such parameter is absent', async () => {
  expect(await read(refusal('ParameterNotFound', ''))).toEqual({ kind: 'absent' });
});

test('what may not be read cannot be told', async () => {
  expect(await read(refusal('AccessDeniedException', 'User: x is not authorized to perform: ssm:GetParameter'))).toEqual({ kind: 'unknown', why: `these credentials may not read the SSM parameter ${name}` });
});

test('a fault of the server is tried again', async () => {
  expect(await read(refusal('InternalServerError', '', 500), parameter('28'))).toEqual({ kind: 'version', version: 28 });
});

async function failureOf(work: Promise<unknown>): Promise<Failure> {
  const error: unknown = await work.then(() => null, (reason: unknown) => reason);
  if (!(error instanceof Failure)) throw new Error(`no Failure but ${String(error)}`);
  return error;
}

test.each([
  [refusal('InternalServerError', 'said by SSM', 500), 'AWS_UNAVAILABLE'],
  [refusal('ExpiredTokenException'), 'EXPIRED_CREDENTIALS'],
  [refusal('UnrecognizedClientException'), 'INVALID_ACCESS_KEY'],
])('%j ends the reading', async (answer, code) => {
  const failure = await failureOf(read(answer));
  expect(failure.code).toBe(code);
  expect(`${failure.message} ${failure.fix}`).not.toMatch(/said by SSM|wJalr/);
});

test('a refused connection names the host that refused it, and no other', async () => {
  const server = await ssm(parameter('28'));
  await server.close();
  const failure = await failureOf(readAt({ AWS_ENDPOINT_URL_SSM: server.origin }));
  expect(failure.code).toBe('NETWORK_UNREACHABLE');
  expect(`${failure.message} ${failure.fix}`).toContain(new URL(server.origin).host);
  expect(`${failure.message} ${failure.fix}`).not.toContain('sts.');
});

function role(kind: string, account = '123456789012'): string {
  return `arn:aws:iam::${account}:role/cdk-hnb659fds-${kind}-role-${account}-eu-west-1`;
}

/** Key ids of those who asked, in order. */
function readers({ requests }: FakeSsm): string[] {
  return requests.map(({ headers }) => /Credential=([^/]+)/.exec(headers.authorization ?? '')?.[1] ?? '');
}

describe('where the credentials may not read', () => {
  const denied = refusal('AccessDeniedException', 'not authorized to perform: ssm:GetParameter');
  const roles = [role('lookup'), role('deploy')];
  let sts: FakeSts;

  /** STS lets nobody act but as `granted`. */
  async function granting(...granted: readonly string[]): Promise<void> {
    sts = await startFakeSts((request, response) => {
      const arn = request.parameters.get('RoleArn') ?? '';
      const keys = { accessKeyId: arn.includes('lookup') ? 'ASIAQYLPMN5HHHLOOKUP' : 'ASIAQYLPMN5HHHDEPLOY', secretAccessKey: 'the-secret-of-the-role', sessionToken: 'the-token-of-the-role' };
      (granted.includes(arn) ? session(keys, new Date(Date.now() + 900_000)) : stsRefusal('AccessDenied', 'not authorized to perform: sts:AssumeRole'))(request, response);
    });
    servers.push({ ...sts, requests: [] });
  }

  afterEach(forgetSecrets);

  test('it is read through the lookup role, whose session is registered as secret', async () => {
    await granting(...roles);
    const server = await ssm(denied, parameter('28'));
    expect(await readAt({ AWS_ENDPOINT_URL_SSM: server.origin, AWS_ENDPOINT_URL_STS: sts.origin }, roles)).toEqual({ kind: 'version', version: 28 });
    expect(readers(server)).toEqual([credentials.accessKeyId, 'ASIAQYLPMN5HHHLOOKUP']);
    expect(sts.requests.map(({ parameters }) => parameters.get('DurationSeconds'))).toEqual(['900']);
    expect(registeredCount()).toBe(2);
  });

  test('through the deploy role, where the lookup role may not be assumed, or may not read either', async () => {
    await granting(role('deploy'));
    const server = await ssm(denied, parameter('28'));
    expect(await readAt({ AWS_ENDPOINT_URL_SSM: server.origin, AWS_ENDPOINT_URL_STS: sts.origin }, roles)).toEqual({ kind: 'version', version: 28 });
    expect(readers(server)).toEqual([credentials.accessKeyId, 'ASIAQYLPMN5HHHDEPLOY']);
    await granting(...roles);
    const other = await ssm(denied, denied, refusal('ParameterNotFound', ''));
    expect(await readAt({ AWS_ENDPOINT_URL_SSM: other.origin, AWS_ENDPOINT_URL_STS: sts.origin }, roles)).toEqual({ kind: 'absent' });
  });

  test('it cannot be told where nobody may, and every way is named', async () => {
    await granting();
    const server = await ssm(denied);
    expect(await readAt({ AWS_ENDPOINT_URL_SSM: server.origin, AWS_ENDPOINT_URL_STS: sts.origin }, roles)).toEqual({
      kind: 'unknown', why: `these credentials may not read the SSM parameter ${name}, nor may they through cdk-hnb659fds-lookup-role-123456789012-eu-west-1 or cdk-hnb659fds-deploy-role-123456789012-eu-west-1`,
    });
  });

  test('in another account it is never read with their own', async () => {
    const theirs = role('deploy', '111122223333');
    await granting(theirs);
    const server = await ssm(parameter('28'));
    const at = { ...place, account: '111122223333' };
    expect(await readAt({ AWS_ENDPOINT_URL_SSM: server.origin, AWS_ENDPOINT_URL_STS: sts.origin }, [theirs], at)).toEqual({ kind: 'version', version: 28 });
    expect(readers(server)).toEqual(['ASIAQYLPMN5HHHDEPLOY']);
    expect(await readAt({ AWS_ENDPOINT_URL_SSM: server.origin, AWS_ENDPOINT_URL_STS: sts.origin }, [], at)).toEqual({ kind: 'unknown', why: `the SSM parameter ${name} is another account's` });
  });

  test('an STS that cannot be reached is that, and no doubt', async () => {
    await granting();
    await sts.close();
    servers.pop();
    const server = await ssm(denied);
    expect(await failureOf(readAt({ AWS_ENDPOINT_URL_SSM: server.origin, AWS_ENDPOINT_URL_STS: sts.origin }, roles))).toMatchObject({ code: 'NETWORK_UNREACHABLE' });
  });
});

test('a role is assumed once for all that is asked of it', async () => {
  const sts = await startFakeSts((request, response) => { stsRefusal('AccessDenied', 'no')(request, response); });
  const assume = assumeBootstrapRoleWith(credentials, { AWS_ENDPOINT_URL_STS: sts.origin }, 'eu-west-1');
  expect(await Promise.all([assume('arn:aws:iam::1:role/a'), assume('arn:aws:iam::1:role/a')])).toEqual([{ kind: 'refused', why: 'AccessDenied' }, { kind: 'refused', why: 'AccessDenied' }]);
  expect(sts.requests).toHaveLength(1);
  await sts.close();
});
