import { proxyWarning } from '../../scripts/credentials/proxy';

const HTTPS_PROXY = 'http://proxy.example:3128';

test.each([
  [{}, false],
  [{ HTTPS_PROXY }, true],
  [{ https_proxy: HTTPS_PROXY, NO_PROXY: 'localhost, example.com' }, true],
  [{ HTTPS_PROXY, NO_PROXY: 'localhost,.amazonaws.com' }, false],
  [{ HTTPS_PROXY, no_proxy: '*' }, false],
  [{ HTTPS_PROXY, AWS_ENDPOINT_URL: 'http://127.0.0.1:4566' }, false],
  [{ HTTPS_PROXY, AWS_ENDPOINT_URL: 'https://emulator.example' }, true],
])('%j warns: %s', (aws, warns) => {
  const warning = proxyWarning(aws);
  expect(warning !== null).toBe(warns);
  expect(warning ?? '').not.toContain('proxy.example');
});
