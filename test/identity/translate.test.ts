import { Failure } from '../../scripts/failures/failure';
import { translate } from '../../scripts/credentials/refusals/refusal';

function nodeError(code: string, more: object = {}): Error {
  return Object.assign(new Error(`${code} secret-in-the-message`), { code, ...more });
}

const notFound = (hostname: string): Error => nodeError('ENOTFOUND', { hostname });

test('a region that is misspelt is named before the network is', () => {
  const failure = translate(notFound('sts.us-esat-1.amazonaws.com'), { aws: {}, region: 'us-esat-1' });
  expect(failure).toMatchObject({ code: 'BAD_REGION', fix: 'Did you mean us-east-1?' });
});

test('a name that cannot be resolved in a known region is the network\'s', () => {
  expect(translate(notFound('sts.us-east-1.amazonaws.com'), { aws: {}, region: 'us-east-1' })).toMatchObject({ code: 'NETWORK_UNREACHABLE', message: expect.stringContaining('sts.us-east-1.amazonaws.com: its name cannot be resolved') as string });
});

test.each([
  ['CERT_HAS_EXPIRED', 'TLS_FAILURE'],
  ['SELF_SIGNED_CERT_IN_CHAIN', 'TLS_FAILURE'],
  ['EAI_AGAIN', 'NETWORK_UNREACHABLE'],
  ['EHOSTUNREACH', 'NETWORK_UNREACHABLE'],
  ['ERR_INVALID_CHAR', 'MALFORMED_CREDENTIALS'],
])('%s is %s, found in a cause or in gathered errors, and not quoted', (code, expected) => {
  const inner = nodeError(code);
  for (const error of [inner, new Error('outer', { cause: new Error('middle', { cause: inner }) }), new AggregateError([new Error('one'), inner], 'all')]) {
    const failure = translate(error, { aws: {}, region: 'us-east-1' });
    expect(failure.code).toBe(expected);
    expect(failure.message + failure.fix).not.toContain('secret-in-the-message');
  }
});

test.each([
  ['connect EACCES 10.7.1.1:443', 'EACCES', 'NETWORK_UNREACHABLE', '10.7.1.1:443: a firewall or a sandbox of this machine forbids the connection'],
  ['connect EADDRNOTAVAIL 10.7.1.1:443', 'EADDRNOTAVAIL', 'NETWORK_UNREACHABLE', '10.7.1.1:443: the connection failed (EADDRNOTAVAIL)'],
  ['EACCES: permission denied, open', 'EACCES', 'INTERNAL', 'does not know'],
])('%s', (message, code, expected, says) => {
  const failure = translate(Object.assign(new Error(message), { code, address: '10.7.1.1', port: 443 }), { aws: {}, region: 'us-east-1' });
  expect(failure).toMatchObject({ code: expected, message: expect.stringContaining(says) as string });
});

test('an endpoint that a profile names is looked for there', () => {
  const found = { source: 'profile', profile: 'dev', title: 'profile dev' } as const;
  const failure = translate(nodeError('ECONNREFUSED'), { aws: { AWS_ENDPOINT_URL_SSM: 'http://127.0.0.1:9' }, service: 'ssm', found });
  expect(failure.fix).toContain('http://127.0.0.1:9, which AWS_ENDPOINT_URL_SSM or profile dev');
  expect(failure.message).toBe('http://127.0.0.1:9 cannot be reached: it refuses connections.'); // SSM judges nobody
});

describe('a region that --env says', () => {
  const said = { aws: {}, region: 'eu-south-1', regionSource: '--env prod', found: { source: 'profile', profile: 'work', title: 'profile work' }, credentials: { accessKeyId: 'AKIAQYLPMN5HHHFPZAM2' } } as const;

  test.each([
    ['RegionDisabledException', null],
    ['InvalidClientTokenId', { region: 'us-east-1', known: true }],
  ])('and which is not enabled (%s) is changed in cdk.json, where no --region may stand beside it', (name, home) => {
    const { code, message, fix } = translate(Object.assign(new Error('no'), { name }), { ...said, home });
    expect([code, message]).toEqual(['REGION_DISABLED', expect.stringContaining('eu-south-1 (--env prod)')]);
    expect(fix).toMatch(/^Enable it: aws account enable-region --region-name eu-south-1 {3}\(or choose another: write "region": "us-(?:west-2|east-1)" in environments\.prod of cdk\.json\)$/);
  });

  test('is where to look for another partition', () => {
    const { message } = translate(Object.assign(new Error('no'), { name: 'InvalidClientTokenId' }), said);
    expect(message).toContain('(look at "region" of environments.prod in cdk.json)');
    expect(message).not.toContain('--region');
  });
});

test('a circle of causes ends', () => {
  const error = new Error('secret-in-the-message');
  error.cause = error;
  const failure = translate(error, { aws: {} });
  expect(failure.code).toBe('INTERNAL');
  expect(failure.message).not.toContain('secret-in-the-message');
});

test('an error of AWS that has no row says its name and that the credentials are not at fault', () => {
  const error = Object.assign(new Error('secret-in-the-message'), { name: 'OddException', $metadata: { httpStatusCode: 400 } });
  expect(translate(error, { aws: {} })).toMatchObject({ code: 'AWS_UNAVAILABLE', message: expect.stringContaining('OddException (HTTP 400)') as string });
});

test('the clock\'s distance is told, and the side', () => {
  const error = Object.assign(new Error('Signature not yet current'), { name: 'SignatureDoesNotMatch' });
  expect(translate(error, { aws: {}, clockOffsetMs: 600_000 }).message).toContain('10 minutes behind');
  expect(translate(error, { aws: {}, clockOffsetMs: -600_000 }).message).toContain('10 minutes ahead');
});

test.each([
  ['profile', 'corp', 'aws sso login --profile corp', 'aws sso login --profile corp'],
  ['environment', null, undefined, 'export AWS_SESSION_TOKEN'],
  ['dotenv', null, undefined, '.env'],
] as const)('an expired session of %s is renewed where it came from', (source, profile, renewal, fix) => {
  const error = Object.assign(new Error('expired'), { name: 'ExpiredTokenException' });
  const failure = translate(error, { aws: {}, found: { source, profile, title: 'x', ...(renewal === undefined ? {} : { renewal }) } });
  expect([failure.code, failure.fix]).toEqual(['EXPIRED_CREDENTIALS', expect.stringContaining(fix)]);
});

test('what is a Failure stays it', () => {
  const failure = new Failure({ code: 'DECLINED', message: 'm', fix: 'f' });
  expect(translate(failure, { aws: {} })).toBe(failure);
});
