import { exemptHosts, proxyFor, proxyVariables, shownProxy } from '../../../scripts/credentials/connection/proxy';
import { redact } from '../../../scripts/secrets/redact';
import { forgetSecrets } from '../../../scripts/secrets/registry';

afterEach(forgetSecrets);

const proxy = 'http://proxy.example:3128';
const sts = new URL('https://sts.us-west-2.amazonaws.com');

test.each([
  [{}, null],
  [{ HTTPS_PROXY: proxy }, 'HTTPS_PROXY'],
  [{ https_proxy: proxy, HTTPS_PROXY: 'http://other.example' }, 'https_proxy'],
  [{ HTTP_PROXY: proxy }, null],
  [{ ALL_PROXY: proxy }, 'ALL_PROXY'],
  [{ HTTPS_PROXY: ' ', all_proxy: proxy }, 'all_proxy'],
  [{ HTTPS_PROXY: proxy, NO_PROXY: 'localhost, example.com' }, 'HTTPS_PROXY'],
  [{ HTTPS_PROXY: proxy, NO_PROXY: 'localhost,.amazonaws.com' }, null],
  [{ HTTPS_PROXY: proxy, no_proxy: 'AMAZONAWS.COM' }, null],
  [{ HTTPS_PROXY: proxy, no_proxy: '*.amazonaws.com' }, null],
  [{ HTTPS_PROXY: proxy, no_proxy: 'example.com,*' }, null],
  [{ HTTPS_PROXY: proxy, no_proxy: '*' }, null],
  [{ HTTPS_PROXY: proxy, NO_PROXY: 'sts.us-west-2.amazonaws.com:443' }, null],
  [{ HTTPS_PROXY: proxy, NO_PROXY: 'sts.us-west-2.amazonaws.com:8443' }, 'HTTPS_PROXY'],
  [{ HTTPS_PROXY: proxy, NO_PROXY: 'us-west-2.amazon.com,ws.com' }, 'HTTPS_PROXY'],
])('with %j STS is reached through %j', (environment, variable) => {
  expect(proxyFor(proxyVariables(environment), sts)?.variable ?? null).toBe(variable);
});

test('loopback never goes through a proxy, and plain HTTP only through the one that is for it', () => {
  const aws = proxyVariables({ HTTPS_PROXY: proxy, http_proxy: 'plain.example' });
  for (const url of ['https://127.0.0.1:4566', 'http://localhost:4566', 'http://127.0.0.2:4566', 'http://[::1]:4566']) expect(proxyFor(aws, new URL(url))).toBeNull();
  expect(proxyFor(aws, { protocol: 'http:', hostname: '::1', port: '4566' })).toBeNull();
  expect(proxyFor(aws, new URL('http://emulator.example:4566'))?.url.href).toBe('http://plain.example/');
});

test('a domain is given on with and without its dot, an address as it is, loopback always', () => {
  expect(exemptHosts({ NO_PROXY: '.internal, 10.0.0.1  example.com:8080,localhost' })).toEqual(['internal', '.internal', '10.0.0.1', 'example.com:8080', '.example.com:8080', '127.0.0.1', 'localhost', '[::1]']);
  expect(exemptHosts({})).toEqual(['127.0.0.1', 'localhost', '[::1]']);
  expect(exemptHosts({ AWS_ENDPOINT_URL: 'http://127.0.0.2:4566', AWS_ENDPOINT_URL_STS: 'http://emulator.example', AWS_ENDPOINT_URL_S3: 'nothing' })).toEqual(['127.0.0.1', 'localhost', '[::1]', '127.0.0.2']);
});

test('user and password of a proxy are secrets the moment they are read', () => {
  const aws = proxyVariables({ HTTPS_PROXY: 'http://me:the-password-%40-the-proxy@proxy.example:3128' });
  const found = proxyFor(aws, sts);
  if (found === null) throw new Error('no proxy');
  expect(shownProxy(found)).toBe('http://proxy.example:3128 (HTTPS_PROXY)');
  expect(redact(`${aws['HTTPS_PROXY']} the-password-@-the-proxy`)).toBe('[redacted] [redacted]');
});
