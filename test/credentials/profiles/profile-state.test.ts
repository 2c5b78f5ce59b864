import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { readAwsFiles } from '../../../scripts/credentials/profiles/aws-files';
import { cliSessionName } from '../../../scripts/credentials/sessions/cli-session';
import { summariesOf, type ProfileSummary } from '../../../scripts/credentials/profiles/list-profiles';
import { makePlace, secret, type Place } from '../place';

let place: Place;
beforeEach(() => { place = makePlace(); });
afterEach(() => { place.remove(); });

const now = Date.parse('2026-11-25T12:00:00Z');
const later = '2026-11-25T14:00:00Z';
const earlier = '2026-11-25T11:00:00Z';
const keys = `aws_access_key_id = AKIAQYLPMN5HHHFPZAM2\naws_secret_access_key = ${secret}\n`;
const temporary = `aws_access_key_id = ASIAQYLPMN5HHHFPZAM2\naws_secret_access_key = ${secret}\naws_session_token = token\n`;
const sso = '[profile dev]\nsso_session = corp\nsso_account_id = 123456789012\nsso_role_name = Admin\n[sso-session corp]\nsso_start_url = https://a.example\nsso_region = eu-west-1\n';
const role = 'role_arn = arn:aws:iam::123456789012:role/r\n';
const mfa = `${role}source_profile = base\nmfa_serial = arn:aws:iam::123456789012:mfa/dev\n`;

function dev(environment: Readonly<Record<string, string>> = {}): [ProfileSummary['state'], string | null, string | null] {
  const surroundings = place.surroundings(environment);
  const one = summariesOf(readAwsFiles(surroundings), surroundings, now).find(({ name }) => name === 'dev');
  if (one === undefined) throw new Error('there is no profile dev');
  return [one.state, one.until?.toISOString().replace('.000', '') ?? null, one.why];
}

function ssoLogin(fields: object): void {
  place.inHome(`.aws/sso/cache/${createHash('sha1').update('corp').digest('hex')}.json`, JSON.stringify({ accessToken: 'x', ...fields }));
}

function awsLogin(expiresAt: string): void {
  const name = createHash('sha256').update('arn:aws:iam::123456789012:user/me').digest('hex');
  place.inHome(`.aws/login/cache/${name}.json`, JSON.stringify({ accessToken: { expiresAt }, refreshToken: 'x' }));
}

function token(claims: object): string {
  return `e30.${Buffer.from(JSON.stringify(claims)).toString('base64url')}.x`;
}

describe('keys', () => {
  test.each<[string, string, [ProfileSummary['state'], string | null, string | null]]>([
    ['long-term', keys, ['ready', null, null]],
    ['of a session that says nothing', temporary, ['unknown', null, 'nobody says when its session ends']],
    ['of saml2aws', `${temporary}x_security_token_expires = 2026-11-25T16:00:00+02:00`, ['ready', later, null]],
    ['of saml2aws, without a colon', `${temporary}x_security_token_expires = 2026-11-25T13:00:00+0200`, ['expired', earlier, null]],
    ['of aws-azure-login', `${temporary}aws_expiration = 2026-11-25T14:00:00.000Z`, ['ready', later, null]],
    ['of aws-mfa, in UTC', `${temporary}expiration = 2026-11-25 11:00:00`, ['expired', earlier, null]],
    ['with an end that is no date', `${temporary}expiration = soon`, ['unknown', null, 'nobody says when its session ends']],
    ['of a session without its token', 'aws_access_key_id = ASIAQYLPMN5HHHFPZAM2\naws_secret_access_key = x', ['unusable', null, 'aws_session_token is missing']],
    ['half', 'aws_access_key_id = AKIAQYLPMN5HHHFPZAM2', ['unusable', null, 'aws_secret_access_key is missing']],
  ])('%s', (_name, lines, state) => {
    place.inHome('.aws/credentials', `[dev]\n${lines}\n`);
    expect(dev()).toEqual(state);
  });
});

describe('a login', () => {
  test.each<[string, object | null, [ProfileSummary['state'], string | null]]>([
    ['never made', null, ['login-needed', null]],
    ['that lasts', { expiresAt: later }, ['ready', later]],
    ['that has ended', { expiresAt: earlier }, ['login-needed', earlier]],
    ['that renews itself', { expiresAt: earlier, refreshToken: 'x', clientId: 'c', clientSecret: 's', registrationExpiresAt: '2026-12-25T12:00:00Z' }, ['ready', null]],
    ['whose file is broken', { expiresAt: 5 }, ['login-needed', null]],
  ])('of IAM Identity Center %s', (_name, fields, state) => {
    place.inHome('.aws/config', sso);
    if (fields !== null) ssoLogin(fields);
    expect(dev().slice(0, 2)).toEqual(state);
  });

  test.each<[string, string | null, [ProfileSummary['state'], string | null]]>([
    ['never made', null, ['login-needed', null]],
    ['whose keys last', later, ['ready', null]],
    ['whose keys are renewed', earlier, ['ready', null]],
    ['that is over in any case', '2026-11-24T23:00:00Z', ['login-needed', earlier]],
  ])('of aws login %s', (_name, expiresAt, state) => {
    place.inHome('.aws/config', '[profile dev]\nlogin_session = arn:aws:iam::123456789012:user/me\n');
    if (expiresAt !== null) awsLogin(expiresAt);
    expect(dev().slice(0, 2)).toEqual(state);
  });
});

describe('a role', () => {
  test.each<[string, string, [ProfileSummary['state'], string | null]]>([
    ['of keys', `[dev]\n${role}source_profile = base\n[base]\n${keys}`, ['ready', null]],
    ['of its own keys', `[dev]\n${role}source_profile = dev\n${keys}`, ['ready', null]],
    ['of a session that ends', `[dev]\n${role}source_profile = base\n[base]\n${temporary}expiration = 2026-11-25 14:00:00`, ['ready', later]],
    ['of one that has ended', `[dev]\n${mfa}[base]\n${temporary}expiration = 2026-11-25 11:00:00`, ['expired', earlier]],
    ['that asks for a code', `[dev]\n${mfa}[base]\n${keys}`, ['mfa-needed', null]],
    ['of a role that does', `[dev]\n${role}source_profile = middle\n[middle]\n${mfa}[base]\n${keys}`, ['mfa-needed', null]],
    ['of a machine', `[dev]\n${role}credential_source = Ec2InstanceMetadata`, ['unknown', null]],
    ['of nobody', `[dev]\n${role}source_profile = nobody`, ['unusable', null]],
    ['of itself', `[dev]\n${role}source_profile = dev`, ['unusable', null]],
  ])('%s', (_name, credentials, state) => {
    place.inHome('.aws/credentials', `${credentials}\n`);
    expect(dev().slice(0, 2)).toEqual(state);
  });

  test('of IAM Identity Center needs its login', () => {
    place.inHome('.aws/config', `${sso.replace('[profile dev]', '[profile base]')}[profile dev]\n${role}source_profile = base\n`);
    expect(dev()[0]).toBe('login-needed');
    ssoLogin({ expiresAt: later });
    expect(dev().slice(0, 2)).toEqual(['ready', later]);
  });

  test('of the environment needs its keys', () => {
    place.inHome('.aws/config', `[profile dev]\n${role}credential_source = Environment\n`);
    expect(dev()).toEqual(['unusable', null, 'AWS_ACCESS_KEY_ID is not set, and credential_source = Environment']);
    expect(dev({ AWS_ACCESS_KEY_ID: 'AKIAQYLPMN5HHHFPZAM2', AWS_SECRET_ACCESS_KEY: secret })[0]).toBe('ready');
  });

  test.each<[string, [ProfileSummary['state'], string | null]]>([
    [later, ['ready', later]],
    ['2026-11-25T12:10:00Z', ['mfa-needed', null]], // too short to be used again
  ])('with a code needs none while a session is kept until %s', (Expiration, state) => {
    place.inHome('.aws/credentials', `[dev]\n${mfa}[base]\n${keys}`);
    const profile = readAwsFiles(place.surroundings()).profiles.get('dev');
    const name = cliSessionName(profile ?? { properties: new Map() }, null);
    place.inHome(`.aws/cli/cache/${name}`, JSON.stringify({ Credentials: { AccessKeyId: 'ASIAQYLPMN5HASSUMED2', SecretAccessKey: secret, SessionToken: 'x', Expiration } }));
    expect(dev().slice(0, 2)).toEqual(state);
    expect(dev({ AWS_ENDPOINT_URL: 'http://127.0.0.1:9' })[0]).toBe('mfa-needed'); // whose sessions are kept apart
  });
});

test.each<[string, string | null, [ProfileSummary['state'], string | null]]>([
  ['not there', null, ['unusable', null]],
  ['empty', ' \n', ['unusable', null]],
  ['current', token({ exp: Date.parse(later) / 1000 }), ['ready', null]],
  ['over', token({ exp: Date.parse(earlier) / 1000 }), ['expired', earlier]],
  ['of an unknown shape', 'x', ['ready', null]],
])('a web identity whose token is %s', (_name, text, state) => {
  place.inHome('.aws/config', `[profile dev]\n${role}web_identity_token_file = ${place.home}/token\n`);
  if (text !== null) place.inHome('token', text);
  expect(dev().slice(0, 2)).toEqual(state);
});

test('a credential_process is not run', () => {
  place.inHome('.aws/config', `[profile dev]\ncredential_process = touch ${place.home}/ran\n`);
  expect(dev()).toEqual(['unknown', null, 'its credential_process tells when it runs']);
  expect(existsSync(`${place.home}/ran`)).toBe(false);
});

test('what the SDK would be asked for needs files that do not break it', () => {
  place.inHome('.aws/config', `${sso}[constructor]\nregion = x\n`);
  place.inHome('.aws/credentials', `[other]\n${keys}`);
  ssoLogin({ expiresAt: later });
  expect(dev()).toEqual(['unusable', null, expect.stringContaining('line 8')]);
  const surroundings = place.surroundings();
  expect(summariesOf(readAwsFiles(surroundings), surroundings, now).find(({ name }) => name === 'other')?.state).toBe('ready');
});

test('a thousand profiles that share a login are told at once', () => {
  const profiles = Array.from({ length: 1000 }, (_, index) => `[profile p${index}]\nsso_session = corp\nsso_account_id = ${100_000_000_000 + index}\nsso_role_name = Admin\n`);
  place.inHome('.aws/config', `${sso}${profiles.join('')}`);
  ssoLogin({ expiresAt: later });
  const surroundings = place.surroundings();
  const files = readAwsFiles(surroundings);
  const started = performance.now();
  expect(summariesOf(files, surroundings, now).filter(({ state }) => state === 'ready')).toHaveLength(1001);
  expect(performance.now() - started).toBeLessThan(500);
});
