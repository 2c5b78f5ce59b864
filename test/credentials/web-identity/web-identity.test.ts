import { assert, jsonValue, oneof, property, string } from 'fast-check';
import { fromWebIdentity } from '../../../scripts/credentials/from-web-identity';
import { resolveProfile } from '../../../scripts/credentials/profiles/resolve-profile';
import type { Found } from '../../../scripts/credentials/source';
import { claimsOf } from '../../../scripts/credentials/web-identity/token-claims';
import { redact } from '../../../scripts/secrets/redact';
import { refusal, session, startFakeSts, type Answer, type FakeSts } from '../../identity/fake-sts';
import { failureOf, makePlace, type Place } from '../place';

let place: Place;
let sts: FakeSts | null = null;
beforeEach(() => { place = makePlace(); });
afterEach(async () => {
  place.remove();
  await sts?.close();
  sts = null;
});

const roleArn = 'arn:aws:iam::123456789012:role/deployer';
const assumed = { accessKeyId: 'ASIAQYLPMN5HHASSUMED', secretAccessKey: 'the-secret-of-the-session-here', sessionToken: 'the-token-of-the-session' };

function jwt(claims: object): string {
  return ['{"alg":"RS256"}', JSON.stringify(claims), 'signature'].map((part) => Buffer.from(part).toString('base64url')).join('.');
}

const token = jwt({ iss: 'https://token.actions.githubusercontent.com', aud: 'sts.amazonaws.com', sub: 'repo:o/r:ref:refs/heads/main', ref: 'refs/heads/main', repository: 'o/r' });

/** What the source finds with an STS that answers as `answer`, and the token in its file. */
async function found(answer: Answer, text: string | null = `${token}\n`, more: Readonly<Record<string, string>> = {}): Promise<Found> {
  sts = await startFakeSts(answer);
  const file = text === null ? `${place.home}/no-token` : place.inHome('token', text);
  const outcome = await fromWebIdentity().find(place.surroundings({ AWS_ENDPOINT_URL: sts.origin, AWS_ROLE_ARN: roleArn, AWS_WEB_IDENTITY_TOKEN_FILE: file, ...more }));
  if (outcome.kind === 'absent') throw new Error(outcome.why);
  return outcome.found;
}

test('the token is exchanged, unsigned, once while the session lasts', async () => {
  const expiration = new Date(Math.ceil(Date.now() / 1000) * 1000 + 3_600_000);
  const { provider, source, title } = await found(session(assumed, expiration), undefined, { AWS_ROLE_SESSION_NAME: 'job-7' });
  expect([source, title, await provider(), await provider()]).toEqual(['web-identity', 'web identity', { ...assumed, expiration }, { ...assumed, expiration }]);
  const [request, ...more] = sts?.requests ?? [];
  expect([request?.action, request?.accessKeyId, more]).toEqual(['AssumeRoleWithWebIdentity', null, []]);
  expect(['RoleArn', 'RoleSessionName', 'WebIdentityToken'].map((name) => request?.parameters.get(name))).toEqual([roleArn, 'job-7', token]);
});

test('a session that ends is made new with the token that is in the file by then', async () => {
  const { provider } = await found(session(assumed, new Date(Date.now() + 60_000)));
  await provider();
  const later = jwt({ iss: 'https://later.example' });
  place.inHome('token', later);
  await provider();
  expect(sts?.requests.map(({ parameters }) => parameters.get('WebIdentityToken'))).toEqual([token, later]);
});

test('while a session lasts, one that cannot be made new serves on', async () => {
  let answers = 0;
  const answer = session(assumed, new Date(Date.now() + 60_000));
  const { provider } = await found((request, response) => { (answers++ === 0 ? answer : refusal('InvalidIdentityToken', 'no', 400))(request, response); });
  await provider();
  expect(await provider()).toMatchObject({ accessKeyId: assumed.accessKeyId });
  expect(answers).toBe(2);
});

test.each([
  ['no trust', refusal('AccessDenied', 'Not authorized to perform sts:AssumeRoleWithWebIdentity'), 'OIDC_TRUST_REFUSED', roleArn],
  ['an unknown issuer', refusal('InvalidIdentityToken', 'No OpenIDConnect provider found in your account for https://x', 400), 'OIDC_TRUST_REFUSED', `The account of the role ${roleArn} has no identity provider for https://token.actions.githubusercontent.com.`],
  ['a wrong audience', refusal('InvalidIdentityToken', 'Incorrect token audience', 400), 'OIDC_TRUST_REFUSED', 'is for the audience sts.amazonaws.com, which is none of those'],
  ['a wrong signature', refusal('InvalidIdentityToken', 'Invalid signature', 400), 'OIDC_TRUST_REFUSED', 'its signature is wrong'],
  ['an ARN of another partition', refusal('ValidationError', 'Request ARN is invalid', 400), 'OIDC_TRUST_REFUSED', 'another partition'],
  ['a rejected claim', refusal('IDPRejectedClaim', 'rejected', 403), 'OIDC_TRUST_REFUSED', 'rejected the token'],
  ['a token that has expired', refusal('ExpiredTokenException', 'Token expired: current date/time 1700000000 must be before the expiration date/time 1600000000', 400), 'EXPIRED_CREDENTIALS', 'token of web identity has expired'],
])('%s is said with the claims, and never with the token', async (_case, answer, code, words) => {
  const { provider } = await found(answer);
  const failure = await failureOf(provider);
  expect(failure).toMatchObject({ code, message: expect.stringContaining(words) as string });
  expect(failure.message).toContain([
    '    iss          token.actions.githubusercontent.com',
    '    aud          sts.amazonaws.com',
    '    sub          repo:o/r:ref:refs/heads/main',
    '    ref          refs/heads/main',
    '    environment  none',
  ].join('\n'));
  expect(failure.message + failure.fix).not.toContain(token);
  expect(redact(`it is ${token}`)).toBe('it is [redacted]');
});

test('the trust policy that lacks is there to copy', async () => {
  const { provider } = await found(refusal('AccessDenied', 'Not authorized to perform sts:AssumeRoleWithWebIdentity'));
  const { fix } = await failureOf(provider);
  expect(JSON.parse(fix.slice(fix.indexOf('{')))).toEqual({
    Effect: 'Allow',
    Principal: { Federated: 'arn:aws:iam::123456789012:oidc-provider/token.actions.githubusercontent.com' },
    Action: 'sts:AssumeRoleWithWebIdentity',
    Condition: { StringEquals: { 'token.actions.githubusercontent.com:aud': 'sts.amazonaws.com', 'token.actions.githubusercontent.com:sub': 'repo:o/r:ref:refs/heads/main' } },
  });
});

test('an identity provider that AWS cannot reach is asked for three times, and the token was not judged', async () => {
  const { provider } = await found(refusal('IDPCommunicationError', 'could not reach', 400));
  expect(await failureOf(provider)).toMatchObject({ code: 'AWS_UNAVAILABLE', message: expect.stringContaining('not judged') as string });
  expect(sts?.requests).toHaveLength(3);
});

test.each([
  ['is not there', null],
  ['is empty', ' \n'],
  ['is binary', 'a\0b'],
])('a token file that %s is named, and nothing is asked', async (words, text) => {
  const { provider } = await found(session(assumed, new Date()), text);
  expect(await failureOf(provider)).toMatchObject({ code: 'OIDC_TOKEN_UNAVAILABLE', message: expect.stringMatching(new RegExp(`token, which AWS_WEB_IDENTITY_TOKEN_FILE names, ${words}`)) as string });
  expect(sts?.requests).toEqual([]);
});

test.each([
  [{ AWS_ROLE_ARN: roleArn }, 'AWS_WEB_IDENTITY_TOKEN_FILE is not'],
  [{ AWS_WEB_IDENTITY_TOKEN_FILE: '/token' }, 'AWS_ROLE_ARN is not'],
  [{ AWS_ROLE_ARN: ' ' }, 'are not set'],
])('%j is no web identity', async (environment, why) => {
  const source = fromWebIdentity();
  expect(await source.find(place.surroundings(environment))).toEqual({ kind: 'absent', why: expect.stringContaining(why) as string });
  expect(source.holds?.(place.surroundings(environment))).toBeNull();
});

test('what is no ARN of a role is a usage error', async () => {
  expect(await failureOf(() => fromWebIdentity().find(place.surroundings({ AWS_ROLE_ARN: 'deployer', AWS_WEB_IDENTITY_TOKEN_FILE: '/t' })))).toMatchObject({ code: 'USAGE' });
});

describe('of a profile', () => {
  const naming = { source: 'profile', title: 'profile dev', namedBy: '--profile' } as const;

  test('gives a session, at its own name', async () => {
    sts = await startFakeSts(session(assumed, new Date(Date.now() + 3_600_000)));
    place.inHome('.aws/config', `[profile dev]\nrole_arn = ${roleArn}\nweb_identity_token_file = ${place.inHome('token', token)}\nrole_session_name = me\n`);
    const { found: { provider } } = resolveProfile('dev', place.surroundings({ AWS_ENDPOINT_URL: sts.origin }), naming);
    expect(await provider()).toMatchObject(assumed);
    expect(sts.requests[0]?.parameters.get('RoleSessionName')).toBe('me');
  });

  test('names the profile where its file is not there, at the end of a chain too', async () => {
    place.inHome('.aws/config', `[profile dev]\nrole_arn = ${roleArn}\nweb_identity_token_file = /no/such/token\n[profile chained]\nrole_arn = ${roleArn}2\nsource_profile = dev\n`);
    const direct = resolveProfile('dev', place.surroundings(), naming);
    expect(await failureOf(direct.found.provider)).toMatchObject({ code: 'OIDC_TOKEN_UNAVAILABLE', message: 'The token file /no/such/token, which web_identity_token_file of profile dev names, is not there.' });
    const chained = resolveProfile('chained', place.surroundings(), { ...naming, title: 'profile chained' });
    expect(await failureOf(chained.found.provider)).toMatchObject({ code: 'OIDC_TOKEN_UNAVAILABLE', message: expect.stringContaining('profile chained') as string });
  });
});

test.each(['', 'a.b', 'a.b.c.d', `a.${Buffer.from('[]').toString('base64url')}x.c`, 'a.####.c'])('%j is no token with claims', (text) => {
  expect(claimsOf(text)).toBeNull();
});

test('claims are shown without control characters, lists as lists, and not without bound', () => {
  expect(claimsOf(jwt({ iss: 'a\n\u001b[2J', aud: ['one', 'two'], sub: 'x'.repeat(1000), project_id: 7 }))).toMatchObject({ iss: 'a??[2J', aud: 'one, two', sub: 'x'.repeat(300), project_id: '7' });
  expect(new Set(Object.values(claimsOf(jwt({})) ?? {}))).toEqual(new Set([null]));
});

test('whatever a token holds, its claims are one line of plain text, or there are none', () => {
  assert(property(oneof(string({ unit: 'binary' }), jsonValue().map((value) => jwt({ iss: value, aud: value, sub: value }))), (text) => {
    for (const claim of Object.values(claimsOf(text) ?? {})) expect(claim ?? 'none').toMatch(/^[\u0020-\u007e]{1,300}$/);
  }));
});
