import { readVersionWith } from '../../scripts/checks/read-bootstrap-version';
import { Failure } from '../../scripts/failures/failure';
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

async function read(...answers: readonly SsmAnswer[]): Promise<unknown> {
  const { origin } = await ssm(...answers);
  return readVersionWith(credentials, { AWS_ENDPOINT_URL_SSM: origin })(name, 'eu-west-1');
}

test('the version is read with the credentials given, in the region asked for', async () => {
  const server = await ssm(parameter('28'));
  expect(await readVersionWith(credentials, { AWS_ENDPOINT_URL: server.origin })(name, 'eu-west-1')).toEqual({ kind: 'version', version: 28 });
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
  const failure = await failureOf(readVersionWith(credentials, { AWS_ENDPOINT_URL_SSM: server.origin })(name, 'eu-west-1'));
  expect(failure.code).toBe('NETWORK_UNREACHABLE');
  expect(`${failure.message} ${failure.fix}`).toContain(new URL(server.origin).host);
  expect(`${failure.message} ${failure.fix}`).not.toContain('sts.');
});
