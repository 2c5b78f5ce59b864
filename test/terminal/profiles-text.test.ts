import type { ProfileSummary } from '../../scripts/credentials/profiles/list-profiles';
import { profilePicker, profilesText } from '../../scripts/terminal/profiles-text';
import { styleFor } from '../../scripts/terminal/style';

const base: ProfileSummary = { name: 'default', kind: 'keys', account: '123456789012', region: 'us-west-2', role: null, mfa: false, state: 'ready', until: null, why: null };
const profiles: readonly ProfileSummary[] = [
  base,
  { ...base, name: 'a-team-with-a-long-name.production', kind: 'sso', account: '210987654321', role: 'AdministratorAccess', until: new Date('2026-11-25T14:05:00Z') },
  { ...base, name: 'broken\u001b[31m', kind: 'role', account: null, region: null, role: 'deployer', mfa: true, state: 'unusable', why: 'Profile broken has source_profile = nobody, and there is no such profile.' },
  { ...base, name: 'corp', kind: 'sso', state: 'login-needed', until: new Date('2026-11-24T14:05:00Z') },
];

function styleOf(columns?: number): ReturnType<typeof styleFor> {
  return styleFor({ isTerminal: columns !== undefined, columns, environment: { LANG: 'C.UTF-8', NO_COLOR: '1' } });
}

test('a table with a line each, and below it why one is of no use', () => {
  expect(profilesText(profiles, styleOf())).toBe(`profile                             kind                 account       region     role                 MFA  state
default                             keys                 123456789012  us-west-2  -                    -    ready
a-team-with-a-long-name.production  IAM Identity Center  210987654321  us-west-2  AdministratorAccess  -    ready until 2026-11-25 14:05Z
broken?[31m                         assumed role         -             -          deployer             MFA  unusable
corp                                IAM Identity Center  123456789012  us-west-2  -                    -    login needed since 2026-11-24 14:05Z

broken?[31m: Profile broken has source_profile = nobody, and there is no such profile.`);
});

test('in a window that is too narrow for it two lines each', () => {
  expect(profilesText(profiles, styleOf(60))).toBe(`default  ready
  keys, account 123456789012, us-west-2
a-team-with-a-long-name.production  ready until 2026-11-25
  14:05Z
  IAM Identity Center, account 210987654321, us-west-2, role
  AdministratorAccess
broken?[31m  unusable
  assumed role, role deployer, MFA. Profile broken has
  source_profile = nobody, and there is no such profile.
corp  login needed since 2026-11-24 14:05Z
  IAM Identity Center, account 123456789012, us-west-2`);
});

test('nothing is lost in 30 columns', () => {
  const text = profilesText(profiles, styleOf(30));
  for (const word of ['a-team-with-a-long-name.production', '210987654321', 'AdministratorAccess', 'us-west-2', 'MFA', '14:05Z', 'nobody']) expect(text).toContain(word);
});

test('colours mean what they say', () => {
  const style = styleFor({ isTerminal: true, columns: 200, environment: { LANG: 'C.UTF-8' } });
  expect(profilesText(profiles, style)).toContain('\u001b[32mready until 2026-11-25 14:05Z\u001b[39m');
  expect(profilesText(profiles, style)).toContain('\u001b[31mlogin needed since 2026-11-24 14:05Z\u001b[39m');
});

describe('the picker', () => {
  const find = profilePicker(profiles, 60);

  test.each([
    ['', ['default', 'a-team-with-a-long-name.production', 'broken\u001b[31m', 'corp']],
    ['TEAM prod', ['a-team-with-a-long-name.production']],
    ['2109', ['a-team-with-a-long-name.production']],
    ['r', ['a-team-with-a-long-name.production', 'broken\u001b[31m', 'corp', 'default']],
    ['deployer', ['broken\u001b[31m']],
    ['us-west login', ['corp']],
    ['nothing', []],
  ])('finds by %j', (term, names) => {
    expect(find(term).map(({ value }) => value)).toEqual(names);
  });

  test('each has one line in 60 columns, and all of it below', () => {
    for (const { name } of find('')) expect(name.length).toBeLessThanOrEqual(57);
    expect(find('2109')[0]).toMatchObject({ name: 'a-team-with-a-long-name.production  ready', description: 'ready until 2026-11-25 14:05Z: IAM Identity Center, account 210987654321, us-west-2, role AdministratorAccess' });
    expect(find('login')[0]?.name).toMatch(/^corp {28}login needed$/);
  });
});
