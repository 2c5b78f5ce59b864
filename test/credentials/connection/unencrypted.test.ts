import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { callApi } from '../../../scripts/api/signed-request';
import { agentsFor } from '../../../scripts/credentials/connection/aws-agents';
import { askIam } from '../../../scripts/credentials/connection/iam-query';
import { httpRequest } from '../../../scripts/credentials/connection/http-request';
import { agreeToUnencrypted, forgetAgreements, refusalOfPlainHttp, unencryptedEndpoints } from '../../../scripts/credentials/connection/unencrypted';
import { sessionOfBootstrapRole } from '../../../scripts/credentials/sessions/bootstrap-role';
import { proveIdentity } from '../../../scripts/identity/prove';
import { startConnectProxy } from '../../identity/connect-proxy';
import { failureOf } from '../place';

process.env['AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED'] = 'true';

const listed = (aws: Readonly<Record<string, string>>, profile: string | null = null, environment = {}) => unencryptedEndpoints({ aws, profile }, environment);

test.each<Readonly<Record<string, string>>>([
  {},
  { AWS_ENDPOINT_URL: 'http://127.0.0.1:4566' },
  { AWS_ENDPOINT_URL: 'http://localhost:4566', AWS_ENDPOINT_URL_S3: 'http://[::1]:4566' },
  { AWS_ENDPOINT_URL: 'https://aws.example', HTTPS_PROXY: 'http://proxy.example:3128' },
])('%j sends nothing unencrypted over a network', (aws) => {
  expect(listed(aws)).toEqual([]);
});

test.each(['http://aws.example:4566', 'http://10.0.0.1', 'http://127.0.0.1.example', 'http://localhost.example', 'http://[fd00::2]'])('%s does', (origin) => {
  expect(listed({ AWS_ENDPOINT_URL: 'http://127.0.0.1:1', AWS_ENDPOINT_URL_STS: `${origin.replace('http', 'HTTP')}/path` })).toEqual([{ origin, namedBy: ['AWS_ENDPOINT_URL_STS'] }]);
});

test('each is told once, by the variables or the settings of the profile that name it', () => {
  const aws = { AWS_ENDPOINT_URL: 'http://a.example/', AWS_ENDPOINT_URL_S3: 'http://a.example', AWS_ENDPOINT_URL_STS: 'http://b.example', AWS_ENDPOINT_URL_SSM: 'http://b.example' };
  expect(listed(aws, 'dev', { AWS_ENDPOINT_URL_S3: 'http://a.example' })).toEqual([
    { origin: 'http://a.example', namedBy: ['endpoint_url of profile dev', 'AWS_ENDPOINT_URL_S3'] },
    { origin: 'http://b.example', namedBy: ['services of profile dev'] },
  ]);
});

test.each([['127.0.0.1', 80], ['::1', '4566'], ['localhost', 1]])('%s:%s is no network', (host, port) => {
  expect(refusalOfPlainHttp(host, port)).toBeNull();
});

// An address that is not loopback by its name, and leads to this machine all the same: what arrives there is counted.
const host = '0.0.0.0';

describe('on the wire', () => {
  let server: Server;
  let origin: string;
  let connections = 0;
  beforeAll(async () => {
    server = createServer((_request, response) => { response.writeHead(200, { 'content-type': 'text/xml' }).end('<GetCallerIdentityResponse><GetCallerIdentityResult><Arn>arn:aws:iam::123456789012:user/dev</Arn><UserId>AIDA</UserId><Account>123456789012</Account></GetCallerIdentityResult></GetCallerIdentityResponse>'); });
    server.on('connection', () => { connections += 1; });
    await new Promise<void>((listening) => { server.listen(0, '127.0.0.1', listening); });
    origin = `http://${host}:${(server.address() as AddressInfo).port}`;
  });
  afterAll(async () => {
    forgetAgreements();
    server.closeAllConnections();
    await new Promise((closed) => { server.close(closed); });
  });

  const credentials = { accessKeyId: 'ASIAQYLPMN5HHHFPZAM2', secretAccessKey: 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYzzzzzzzzzz', sessionToken: 'the-token-of-the-session' };
  const aws = () => ({ AWS_ENDPOINT_URL: origin });
  const prove = () => proveIdentity({ source: 'environment', profile: null, title: 'environment keys', provider: async () => credentials, region: null, aws: aws() }, { value: 'us-west-2', source: '--region' });
  const get = async (more: Readonly<Record<string, string>> = {}) => httpRequest(new URL(origin), { method: 'GET', headers: {}, body: null, agents: await agentsFor({ ...aws(), ...more }), patience: 5000 });

  test('nothing is sent before somebody has agreed, by whoever would send it; then it is', async () => {
    const refused = { code: 'NOT_CONFIRMED', exitCode: 7, message: expect.stringContaining(`Nothing was sent to ${origin}`) as string };
    expect(await failureOf(prove)).toMatchObject(refused);
    expect(await failureOf(() => sessionOfBootstrapRole('arn:aws:iam::123456789012:role/r', 'plan', credentials, aws(), 'us-west-2'))).toMatchObject(refused);
    expect(await failureOf(() => askIam('ListAccountAliases', credentials, aws(), 'aws'))).toMatchObject(refused);
    expect(await failureOf(get)).toMatchObject(refused);
    expect(await failureOf(() => callApi({ apiUrl: origin, method: 'GET', path: '/', body: null, credentials, region: 'us-west-2', aws: aws() }))).toMatchObject({ code: 'USAGE' });
    const proxy = await startConnectProxy(() => ({ port: Number(new URL(origin).port) }));
    expect(await failureOf(() => get({ HTTP_PROXY: proxy.url }))).toMatchObject(refused);
    expect([proxy.connects, connections]).toEqual([[], 0]);

    agreeToUnencrypted(origin);
    expect((await prove()).identity.account).toBe('123456789012');
    expect((await get({ HTTP_PROXY: proxy.url })).status).toBe(200);
    expect([proxy.connects.length, connections]).toEqual([1, 2]);
    expect(refusalOfPlainHttp(host, 1)).not.toBeNull(); // that was for one port
    await proxy.close();
  });
});
