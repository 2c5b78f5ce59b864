import { identityCheck } from '../../scripts/checks/identity';
import { unencryptedEndpoints } from '../../scripts/credentials/connection/unencrypted';

const proof = { identity: { account: '123456789012', arn: 'arn:aws:iam::123456789012:user/dev', userId: 'AIDA', partition: 'aws' }, clockOffsetMs: 0 };

const check = (aws: Readonly<Record<string, string>>) => identityCheck(proof, unencryptedEndpoints(aws));

test.each<Readonly<Record<string, string>>>([
  {},
  { AWS_ENDPOINT_URL: 'http://127.0.0.1:4566' },
  { AWS_ENDPOINT_URL: 'http://localhost:4566', AWS_ENDPOINT_URL_S3: 'http://[::1]:4566' },
  { AWS_ENDPOINT_URL: 'https://aws.example', HTTPS_PROXY: 'http://proxy.example:3128' },
])('nothing is said where no token travels in the clear: %j', (aws) => {
  expect(check(aws).status).toBe('pass');
});

test.each(['http://aws.example:4566', 'http://10.0.0.1', 'http://127.0.0.1.example', 'http://localhost.example'])('%s is reached in the clear', (url) => {
  expect(check({ AWS_ENDPOINT_URL: 'http://127.0.0.1:1', AWS_ENDPOINT_URL_STS: url.replace('http://', 'HTTP://somebody:something@') })).toMatchObject({ status: 'warn', message: expect.stringContaining(`Asked without encryption: AWS_ENDPOINT_URL_STS=${url}. Whoever`) as string });
});

test('a clock that is off is said', () => {
  expect(identityCheck({ ...proof, clockOffsetMs: 600_000 }, [])).toMatchObject({ status: 'warn', message: expect.stringContaining('It was corrected for this run.') as string });
});
