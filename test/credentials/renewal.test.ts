import { createHash } from 'node:crypto';
import { resolveProfile } from '../../scripts/credentials/profiles/resolve-profile';
import type { Found } from '../../scripts/credentials/source';
import { readSsoLogin } from '../../scripts/credentials/profiles/sso-login';
import { makePlace, secret, type Place } from './place';

let place: Place;
beforeEach(() => { place = makePlace(); });
afterEach(() => { place.remove(); });

const keys = `aws_access_key_id = AKIAQYLPMN5HHHFPZAM2\naws_secret_access_key = ${secret}\n`;
const role = 'role_arn = arn:aws:iam::123456789012:role/r\n';
const sso = 'sso_session = corp\nsso_account_id = 123456789012\nsso_role_name = Admin\n';
const legacy = 'sso_start_url = https://a.example\nsso_region = eu-west-1\nsso_account_id = 123456789012\nsso_role_name = Admin\n';
const corp = '[sso-session corp]\nsso_start_url = https://a.example\nsso_region = eu-west-1\n';

function resolve(config: string): Found {
  place.inHome('.aws/config', `${corp}${config}`);
  const machine = { AWS_ACCESS_KEY_ID: 'AKIAQYLPMN5HHHFPZAM2', AWS_SECRET_ACCESS_KEY: secret, AWS_CONTAINER_CREDENTIALS_RELATIVE_URI: '/credentials' };
  return resolveProfile('dev', place.surroundings(machine), { source: 'profile', title: 'profile dev', namedBy: '--profile' }).found;
}

function keepLogin(id: string, text: object | string): void {
  place.inHome(`.aws/sso/cache/${createHash('sha1').update(id).digest('hex')}.json`, typeof text === 'string' ? text : JSON.stringify(text));
}

test.each([
  ['keys', `[profile dev]\n${keys}`, false],
  ['a role of long-term keys', `[profile dev]\n${role}source_profile = base\n[profile base]\n${keys}`, true],
  ['a role of its own keys', `[profile dev]\n${role}${keys}source_profile = dev\n`, true],
  ['a role of a copied session', `[profile dev]\n${role}source_profile = base\n[profile base]\n${keys}aws_session_token = t\n`, false],
  ['a role with MFA', `[profile dev]\n${role}mfa_serial = m\nsource_profile = base\n[profile base]\n${keys}`, false],
  ['a role of a role with MFA', `[profile dev]\n${role}source_profile = mid\n[profile mid]\n${role}mfa_serial = m\nsource_profile = base\n[profile base]\n${keys}`, false],
  ['a role of the container', `[profile dev]\n${role}credential_source = EcsContainer\n`, true],
  ['a role of environment keys', `[profile dev]\n${role}credential_source = Environment\n`, false],
  ['IAM Identity Center', `[profile dev]\n${sso}`, true],
  ['a role of IAM Identity Center', `[profile dev]\n${role}source_profile = base\n[profile base]\n${sso}`, true],
  ['a credential_process', '[profile dev]\ncredential_process = x\n', true],
  ['aws login', '[profile dev]\nlogin_session = x\n', true],
])('whether %s gives new sessions by itself', (_case, config, renews) => {
  expect(resolve(config).renews).toBe(renews);
});

test('a login of IAM Identity Center that nothing renews says until when', () => {
  keepLogin('https://a.example', { accessToken: 'the-token-of-the-login', expiresAt: '2099-01-02T03:04:05Z' });
  const until = new Date('2099-01-02T03:04:05Z');
  expect(resolve(`[profile dev]\n${legacy}`).renewsUntil).toEqual(until);
  expect(resolve(`[profile dev]\n${role}source_profile = base\n[profile base]\n${legacy}`).renewsUntil).toEqual(until);
});

test('one that is renewed says no end', () => {
  keepLogin('corp', { accessToken: 'the-token-of-the-login', expiresAt: '2000-01-02T03:04:05Z', refreshToken: 'r', registrationExpiresAt: '2099-01-01T00:00:00Z' });
  expect(resolve(`[profile dev]\n${sso}`).renewsUntil).toBeUndefined();
});

describe('a login as its file has it', () => {
  const profile = { properties: new Map([['sso_session', 'corp']]) };
  const login = { accessToken: 'the-token-of-the-login', expiresAt: '2026-01-02T03:04:05Z' };
  const until = new Date('2026-01-02T03:04:05Z');
  const now = Date.parse('2026-01-01T00:00:00Z');

  test.each([
    [login, { kind: 'login', until, renews: false }],
    [{ ...login, refreshToken: 'r', registrationExpiresAt: '2026-02-01T00:00:00Z' }, { kind: 'login', until, renews: true }],
    [{ ...login, refreshToken: 'r', registrationExpiresAt: '2025-02-01T00:00:00Z' }, { kind: 'login', until, renews: false }],
    [{ ...login, refreshToken: 'r' }, { kind: 'login', until, renews: false }],
    [{ ...login, expiresAt: 'soon' }, { kind: 'none' }],
    [{ expiresAt: login.expiresAt }, { kind: 'none' }],
    ['not JSON', { kind: 'none' }],
    ['null', { kind: 'none' }],
  ])('%j', (text, expected) => {
    keepLogin('corp', text);
    expect(readSsoLogin(place.home, profile, now)).toEqual(expected);
  });

  test('none', () => {
    expect(readSsoLogin(place.home, profile, now)).toEqual({ kind: 'none' });
  });
});
