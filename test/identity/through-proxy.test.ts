import { proxyVariables } from '../../scripts/credentials/connection/proxy';
import type { Credentials, Found } from '../../scripts/credentials/source';
import type { Failure } from '../../scripts/failures/failure';
import { proveIdentity, type Proof } from '../../scripts/identity/prove';
import { forgetSecrets } from '../../scripts/secrets/registry';
import { failureOf } from '../credentials/place';
import { makeCertificate, namesOfAws, type Certificate } from './certificate';
import { startConnectProxy, type ConnectProxy, type OnConnect } from './connect-proxy';
import { identity, refusal, startFakeSts, type Answer, type FakeSts } from './fake-sts';
import { useOneError } from './one-error';

// AWS's own host names on the wire: through a proxy on this machine, to a server that has a certificate for them.

useOneError();

let certificate: Certificate;
beforeAll(() => { certificate = makeCertificate([...namesOfAws, 'IP:127.0.0.1']); });
afterAll(() => { certificate.remove(); });

const open: { close(): Promise<void> }[] = [];
afterEach(async () => {
  forgetSecrets();
  for (const server of open.splice(0)) await server.close();
});

async function sts(answer: Answer): Promise<FakeSts> {
  const server = await startFakeSts(answer, certificate);
  open.push(server);
  return server;
}

async function proxy(onConnect: OnConnect): Promise<ConnectProxy> {
  const server = await startConnectProxy(onConnect);
  open.push(server);
  return server;
}

const longTerm: Credentials = { accessKeyId: 'AKIAQYLPMN5HHHFPZAM2', secretAccessKey: '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' };
const token = Buffer.from('a token of AWS is base64, and this one is whole').toString('base64');
const temporary: Credentials = { ...longTerm, accessKeyId: 'ASIAQYLPMN5HHHFPZAM2', sessionToken: token };

function prove(environment: Readonly<Record<string, string>>, { region = 'us-west-2', credentials = longTerm } = {}): Promise<Proof> {
  const aws = { ...proxyVariables(environment), AWS_CA_BUNDLE: certificate.path, ...Object.fromEntries(Object.entries(environment).filter(([name]) => name.startsWith('AWS_'))) };
  const found: Found = { source: 'environment', profile: null, title: 'environment keys', provider: async () => credentials, region: null, aws };
  return proveIdentity(found, { value: region, source: '--region' });
}

describe('a proxy', () => {
  test.each(['HTTPS_PROXY', 'https_proxy', 'ALL_PROXY'])('in %s is the way to AWS, and gets the login that its URL has', async (variable) => {
    const server = await sts(identity());
    const { url, connects } = await proxy(() => server);
    expect((await prove({ [variable]: url.replace('//', '//me:p%40ss@') })).identity.account).toBe('123456789012');
    expect(connects).toEqual([{ target: 'sts.us-west-2.amazonaws.com:443', login: 'me:p@ss' }]);
    expect(server.requests.map(({ host }) => host)).toEqual(['sts.us-west-2.amazonaws.com']);
  });

  test.each([
    [{ AWS_USE_FIPS_ENDPOINT: 'true' }, 'sts-fips.us-west-2.amazonaws.com:443'],
    [{ AWS_USE_DUALSTACK_ENDPOINT: 'true' }, 'sts.us-west-2.api.aws:443'],
  ])('%j leads to the endpoint that it names', async (settings, target) => {
    const server = await sts(identity());
    const { url, connects } = await proxy(() => server);
    await prove({ HTTPS_PROXY: url, ...settings });
    expect(connects.map((one) => one.target)).toEqual([target]);
  });

  test('is not asked for an endpoint on this machine', async () => {
    const server = await sts(identity());
    const { url, connects } = await proxy(() => server);
    await prove({ HTTPS_PROXY: url, AWS_ENDPOINT_URL: server.origin });
    expect([connects, server.requests.length]).toEqual([[], 1]);
  });

  test.each<readonly [string, OnConnect, string]>([
    ['wants a login', () => ({ answer: 'HTTP/1.1 407 Proxy Authentication Required\r\nproxy-authenticate: Basic\r\ncontent-length: 0\r\n\r\n' }), 'wants a user name and a password, or does not accept those that it was given (HTTP 407)'],
    ['forbids AWS', () => ({ answer: 'HTTP/1.1 403 Forbidden\r\ncontent-length: 0\r\n\r\n' }), 'does not connect to sts.us-west-2.amazonaws.com (HTTP 403)'],
    ['is a web server that knows no CONNECT', () => ({ answer: 'HTTP/1.1 405 Method Not Allowed\r\ncontent-length: 0\r\n\r\n' }), 'does not connect to sts.us-west-2.amazonaws.com (HTTP 405)'],
    ['answers a page', () => ({ answer: 'HTTP/1.1 302 Found\r\nlocation: http://login.example\r\ncontent-length: 2\r\n\r\nhi' }), 'does not connect to sts.us-west-2.amazonaws.com (HTTP 302)'],
    ['speaks something else', () => ({ answer: '220 mail.example ESMTP\r\n' }), 'cannot be reached: the connection to it failed (HPE_INVALID_CONSTANT)'],
    ['closes the connection', () => ({ answer: '' }), 'cannot be reached: it broke the connection'],
  ])('that %s is named, without its password, and nobody is sent to look for keys', async (_case, onConnect, words) => {
    const { url } = await proxy(onConnect);
    const failure = await failureOf(() => prove({ https_proxy: url.replace('//', '//me:hidden@') }));
    expect(failure).toMatchObject({ code: 'NETWORK_UNREACHABLE', exitCode: 6 });
    expect(failure.message).toContain(`The proxy ${url} (https_proxy) ${words}. AWS was not reached. The credentials were not judged.`);
    expect(failure.fix).toMatch(/export https_proxy=|Let whoever runs the proxy/);
    expect(failure.message + failure.fix).not.toMatch(/hidden|AWS_ACCESS_KEY|aws configure/);
  });

  test('that answers a page with status 200 to CONNECT breaks what follows', async () => {
    const { url } = await proxy(() => ({ answer: 'HTTP/1.1 200 OK\r\ncontent-type: text/html\r\n\r\n<html>Please log in</html>' }));
    const failure = await failureOf(() => prove({ HTTPS_PROXY: url }));
    expect(failure).toMatchObject({ code: 'NETWORK_UNREACHABLE', message: expect.stringContaining(`through the proxy ${url} (HTTPS_PROXY)`) as string });
  });

  test('that says nothing is given four seconds', async () => {
    const { url } = await proxy(() => 'silent');
    expect((await failureOf(() => prove({ HTTPS_PROXY: url }))).message).toContain(`The proxy ${url} (HTTPS_PROXY) cannot be reached: it did not answer in time`);
  });

  test.each([
    ['http://proxy.invalid:3128', 'its name cannot be resolved'],
    ['127.0.0.1:1', 'it refuses connections'],
  ])('%s cannot be reached: %s', async (url, why) => {
    const failure = await failureOf(() => prove({ HTTPS_PROXY: url }));
    expect(failure).toMatchObject({ code: 'NETWORK_UNREACHABLE', message: expect.stringContaining(`(HTTPS_PROXY) cannot be reached: ${why}`) as string });
  });

  test.each([
    ['socks5://127.0.0.1:1080', 'ALL_PROXY names a proxy of the kind socks5'],
    ['http://', 'ALL_PROXY is not a URL'],
  ])('%s cannot be used by the proof and CDK alike, and stops with its name', async (url, words) => {
    expect(await failureOf(() => prove({ ALL_PROXY: url }))).toMatchObject({ code: 'USAGE', exitCode: 2, message: expect.stringContaining(words) as string, fix: expect.stringContaining('unset ALL_PROXY') as string });
  });

  test('whose own certificate, or the one behind it, is not trusted is said to be between', async () => {
    const server = await sts(identity());
    const { url } = await proxy(() => server);
    const failure = await failureOf(() => proveIdentity({ source: 'environment', profile: null, title: 'environment keys', provider: async () => longTerm, region: null, aws: { HTTPS_PROXY: url } }, { value: 'us-west-2', source: '--region' }));
    expect(failure).toMatchObject({ code: 'TLS_FAILURE', exitCode: 6, message: expect.stringContaining(`through the proxy ${url}`) as string });
  });
});

describe('a key that STS does not know', () => {
  const invalid = refusal('InvalidClientTokenId', 'The security token included in the request is invalid.');

  /** What is said where the STS of `knowing` knows the key, and all others refuse it; and which were asked. */
  async function said(knowing: string | null, of: { readonly region: string; readonly credentials?: Credentials }): Promise<readonly [Failure, readonly string[]]> {
    const server = await sts((request, response) => { (request.host === knowing ? identity() : invalid)(request, response); });
    const { url } = await proxy(() => server);
    const failure = await failureOf(() => prove({ HTTPS_PROXY: url }, { credentials: longTerm, ...of }));
    return [failure, server.requests.map(({ host }) => host)];
  }

  test.each([
    ['eu-south-1', 'sts.us-east-1.amazonaws.com', 'us-east-1'],
    ['us-gov-east-1', 'sts.us-gov-west-1.amazonaws.com', 'us-gov-west-1'],
  ])('in %s, and that %s knows, is of an account that has not enabled the region', async (region, home, homeRegion) => {
    const [failure, asked] = await said(home, { region });
    expect(failure).toMatchObject({ code: 'REGION_DISABLED', exitCode: 5, message: expect.stringContaining(`AWS knows the access key AKIA…ZAM2 (environment keys) in ${homeRegion}, and not in ${region}`) as string });
    expect(failure.fix).toContain(`aws account enable-region --region-name ${region}`);
    expect(asked).toEqual([`sts.${region}.amazonaws.com`, home]);
  });

  test('of a session besides may be one of the global endpoint', async () => {
    const [failure] = await said('sts.us-east-1.amazonaws.com', { region: 'eu-south-1', credentials: temporary });
    expect(failure).toMatchObject({ code: 'REGION_DISABLED', message: expect.stringContaining('global endpoint of STS') as string });
  });

  test.each<readonly [string, Credentials, string, string, string]>([
    ['a long-term key', longTerm, 'us-west-2', 'INVALID_ACCESS_KEY', 'Most likely it was deleted or switched off; else'],
    ['a long-term key at the partition\'s home', longTerm, 'us-east-1', 'INVALID_ACCESS_KEY', 'Most likely it was deleted or switched off; else'],
    ['a long-term key in China', longTerm, 'cn-north-1', 'INVALID_ACCESS_KEY', 'Most likely it is of another partition: keys of one partition are unknown in the others (try --region us-east-1'],
    ['a session', temporary, 'us-west-2', 'INVALID_ACCESS_KEY', 'Most likely its session token is of another key or was cut; else'],
    ['a session whose token was cut', { ...temporary, sessionToken: token.slice(0, -3) }, 'us-west-2', 'INVALID_SESSION_TOKEN', 'is not whole'],
    ['a long-term key beside a stale token', { ...longTerm, sessionToken: token }, 'us-west-2', 'INVALID_ACCESS_KEY', 'it is a long-term key, and beside it stands the session token of another one'],
    ['a temporary key with no token', { ...longTerm, accessKeyId: 'ASIAQYLPMN5HHHFPZAM2' }, 'us-west-2', 'INVALID_ACCESS_KEY', 'the session token that belongs to it is missing'],
  ])('anywhere: %s has its likeliest cause first', async (_case, credentials, region, code, words) => {
    const [failure, asked] = await said(null, { region, credentials });
    expect(failure).toMatchObject({ code, exitCode: 4, message: expect.stringContaining(words) as string });
    expect(failure.message.includes('does not know it either')).toBe(region === 'us-west-2' && words.startsWith('Most likely'));
    expect(asked).toHaveLength(region === 'us-west-2' ? 2 : 1);
  });

  test('is not looked for elsewhere where the endpoint is none of AWS\'s', async () => {
    const server = await sts(invalid);
    const failure = await failureOf(() => prove({ AWS_ENDPOINT_URL: server.origin }));
    expect(failure).toMatchObject({ code: 'INVALID_ACCESS_KEY', message: expect.stringContaining(`Most likely it is none of ${server.origin}`) as string });
    expect(failure.fix).toBe(`Give a key of ${server.origin}, which AWS_ENDPOINT_URL names, or go without it: unset AWS_ENDPOINT_URL`);
    expect(server.requests).toHaveLength(1);
  });

  test('is judged by what is known where its home does not answer', async () => {
    const server = await sts((request, response) => { if (request.host.includes('us-east-1')) response.destroy(); else invalid(request, response); });
    const { url } = await proxy(() => server);
    const failure = await failureOf(() => prove({ HTTPS_PROXY: url }, { region: 'eu-south-1' }));
    expect(failure).toMatchObject({ code: 'INVALID_ACCESS_KEY', message: expect.stringContaining('the region eu-south-1 is not enabled for the account') as string });
  });
});
