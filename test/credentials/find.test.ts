import { execFileSync } from 'node:child_process';
import { findCredentials, type Finding } from '../../scripts/credentials/find';
import { sourcesInOrder } from '../../scripts/credentials/sources';
import type { Surroundings } from '../../scripts/credentials/source';
import { redact } from '../../scripts/secrets/redact';
import { failureOf, longTermKeys, makePlace, secret, type Place } from './place';

let place: Place;
beforeEach(() => { place = makePlace(); });
afterEach(() => { place.remove(); });

const sources = sourcesInOrder(async () => ({ origin: 'http://127.0.0.1:4', region: 'us-west-2', credentials: { accessKeyId: 'ASIALOCALLOCALLOCAL2', secretAccessKey: 'local-secret-of-the-machine', sessionToken: 'local-token-of-the-machine' } }));

function find(surroundings: Surroundings): Promise<Finding> {
  return findCredentials(sources, surroundings);
}

async function winner(surroundings: Surroundings): Promise<Extract<Finding, { kind: 'found' }>> {
  const finding = await find(surroundings);
  if (finding.kind === 'none') throw new Error(JSON.stringify(finding));
  return finding;
}

const keysOf = (id: string): string => `aws_access_key_id = ${id}\naws_secret_access_key = ${secret}\n`;

function writeProfiles(): void {
  place.inHome('.aws/credentials', `[default]\n${keysOf('AKIAQYLPMN5HDEFAULT2')}[dev]\n${keysOf('AKIAQYLPMN5HHHHHDEV2')}[other]\n${keysOf('AKIAQYLPMN5HHHOTHER2')}`);
  place.inHome('.aws/config', '[default]\nregion = eu-west-1\n[profile dev]\nregion = eu-central-1\n');
}

function git(...args: string[]): void {
  execFileSync('git', args, { cwd: place.project, env: { PATH: process.env['PATH'], HOME: place.home }, stdio: 'ignore' });
}

const dotenv = `AWS_ACCESS_KEY_ID=AKIAQYLPMN5HHDOTENV2\nAWS_SECRET_ACCESS_KEY=${secret}\nAWS_DEFAULT_REGION=ap-south-1\n`;

test.each<[string, Partial<Surroundings['options']>, Record<string, string>, string, string, string[]]>([
  ['--profile over all', { profile: 'other' }, { ...longTermKeys, AWS_PROFILE: 'dev' }, 'profile other', 'AKIAQYLPMN5HHHOTHER2', ['environment keys', 'profile dev', '.env', 'profile default']],
  ['environment keys over AWS_PROFILE', {}, { ...longTermKeys, AWS_PROFILE: 'dev' }, 'environment keys', longTermKeys.AWS_ACCESS_KEY_ID, ['profile dev', '.env', 'profile default']],
  ['AWS_PROFILE over AWS_DEFAULT_PROFILE', {}, { AWS_PROFILE: 'dev', AWS_DEFAULT_PROFILE: 'other' }, 'profile dev', 'AKIAQYLPMN5HHHHHDEV2', ['.env', 'profile default']],
  ['.env and the default profile over a container', {}, { AWS_CONTAINER_CREDENTIALS_RELATIVE_URI: '/x' }, '.env', 'AKIAQYLPMN5HHDOTENV2', ['profile default', 'container role']],
  ['AWS_DEFAULT_PROFILE over .env', {}, { AWS_DEFAULT_PROFILE: 'other', AWS_PROFILE: ' ' }, 'profile other', 'AKIAQYLPMN5HHHOTHER2', ['.env', 'profile default']],
  ['.env over the default profile', {}, {}, '.env', 'AKIAQYLPMN5HHDOTENV2', ['profile default']],
])('%s', async (_name, options, environment, title, accessKeyId, shadowed) => {
  writeProfiles();
  place.inProject('.env', dotenv);
  const { found, shadowed: behind } = await winner(place.surroundings(environment, options));
  expect([found.title, (await found.provider()).accessKeyId, behind]).toEqual([title, accessKeyId, shadowed]);
});

test('web identity comes after AWS_PROFILE and before .env', async () => {
  writeProfiles();
  place.inProject('.env', dotenv);
  const identity = { AWS_ROLE_ARN: 'arn:aws:iam::123456789012:role/r', AWS_WEB_IDENTITY_TOKEN_FILE: '/token' };
  const behindProfile = await winner(place.surroundings({ ...identity, AWS_PROFILE: 'dev' }));
  expect([behindProfile.found.title, behindProfile.shadowed]).toEqual(['profile dev', ['web identity', '.env', 'profile default']]);
  const first = await winner(place.surroundings(identity));
  expect([first.found.title, first.shadowed]).toEqual(['web identity', ['.env', 'profile default']]);
});

test('the default profile is the last, and every place before it is named', async () => {
  writeProfiles();
  const { found, looked } = await winner(place.surroundings());
  expect(found).toMatchObject({ source: 'profile', profile: 'default', region: { value: 'eu-west-1', source: 'profile default' } });
  expect(looked.map(({ title }) => title)).toEqual(['--local', '--profile', 'environment keys', 'AWS_PROFILE and AWS_DEFAULT_PROFILE', 'web identity', '.env']);
});

async function looks(surroundings: Surroundings): Promise<(string | null)[][]> {
  const told: (string | null)[][] = [];
  await findCredentials(sources, surroundings, ({ title, state, what }) => { told.push([title, state, what]); }).catch(() => undefined);
  return told;
}

test('every source is told of in order, without values', async () => {
  writeProfiles();
  place.inProject('.env', dotenv);
  const told = await looks(place.surroundings({ ...longTermKeys, AWS_PROFILE: 'dev' }));
  expect(told).toEqual([
    ['--local', 'none', 'not given'],
    ['--profile', 'none', 'not given'],
    ['environment keys', 'used', null],
    ['AWS_PROFILE and AWS_DEFAULT_PROFILE', 'ignored', 'profile dev'],
    ['web identity', 'none', null],
    ['.env', 'ignored', null],
    ['default profile', 'ignored', 'profile default'],
    ['container role', 'none', null],
    ['instance role', 'none', 'not asked, for it is not needed'],
  ]);
});

test('and of the one that stops the run, the last', async () => {
  expect((await looks(place.surroundings({ AWS_PROFILE: 'gone' }))).slice(-2)).toEqual([
    ['environment keys', 'none', 'AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY are not set'],
    ['AWS_PROFILE and AWS_DEFAULT_PROFILE', 'broken', 'PROFILE_NOT_FOUND'],
  ]);
});

test('nothing anywhere is no error, and says why for each place', async () => {
  const finding = await find(place.surroundings({ AWS_SESSION_TOKEN: 'a-token-alone-is-nothing', AWS_ACCESS_KEY_ID: '  ' }));
  expect(finding.kind).toBe('none');
  expect(finding.looked.map(({ why }) => why).every((why) => why !== '')).toBe(true);
  expect(finding.looked.slice(-3)).toEqual([
    { title: 'default profile', why: expect.stringContaining('~/.aws/config') as string },
    { title: 'container role', why: 'this is no container to which AWS gives a role' },
    { title: 'instance role', why: 'AWS_EC2_METADATA_DISABLED is true' },
  ]);
});

test('--local looks nowhere else', async () => {
  writeProfiles();
  const { found, shadowed } = await winner(place.surroundings({ AWS_ACCESS_KEY_ID: 'half', AWS_ENDPOINT_URL: 'http://elsewhere.example' }, { local: true }));
  expect(found).toMatchObject({ source: 'local', region: { value: 'us-west-2', source: 'local' }, aws: { AWS_ENDPOINT_URL: 'http://127.0.0.1:4' } });
  expect(shadowed).toEqual([]);
});

test('AWS_PROFILE=default goes on where there is no default profile, and another name does not', async () => {
  place.inProject('.env', dotenv);
  expect((await winner(place.surroundings({ AWS_PROFILE: 'default' }))).found.title).toBe('.env');
  expect(await failureOf(() => find(place.surroundings({ AWS_PROFILE: 'gone' })))).toMatchObject({ code: 'PROFILE_NOT_FOUND' });
});

test('environment keys take no region of a profile', async () => {
  writeProfiles();
  const { found } = await winner(place.surroundings({ ...longTermKeys, AWS_PROFILE: 'dev' }));
  expect(found.region).toBeNull();
});

test('secrets are known to the redaction once they are read', async () => {
  await find(place.surroundings({ ...longTermKeys, AWS_SECRET_ACCESS_KEY: 'never-seen-before-secret' }));
  expect(redact('it is never-seen-before-secret')).toBe('it is [redacted]');
});

test.each([
  [{ AWS_ACCESS_KEY_ID: 'AKIAQYLPMN5HHHFPZAM2' }, 'INCOMPLETE_CREDENTIALS', 'AWS_SECRET_ACCESS_KEY is missing'],
  [{ AWS_SECRET_ACCESS_KEY: secret }, 'INCOMPLETE_CREDENTIALS', 'AWS_ACCESS_KEY_ID is missing'],
  [{ ...longTermKeys, AWS_ACCESS_KEY_ID: 'ASIAQYLPMN5HHHFPZAM2' }, 'INCOMPLETE_CREDENTIALS', 'AWS_SESSION_TOKEN is missing'],
  [{ ...longTermKeys, AWS_SECRET_ACCESS_KEY: `${secret}\n` }, 'MALFORMED_CREDENTIALS', 'line break at its end'],
  [{ ...longTermKeys, AWS_SECRET_ACCESS_KEY: `"${secret}"` }, 'MALFORMED_CREDENTIALS', 'quotation mark at its beginning'],
  [{ ...longTermKeys, AWS_SESSION_TOKEN: 'a b-token' }, 'MALFORMED_CREDENTIALS', 'AWS_SESSION_TOKEN of the environment has a space at its character 2'],
  [{ ...longTermKeys, AWS_ACCESS_KEY_ID: 'AKIAIOSFODNN7EXAMPLE' }, 'INVALID_ACCESS_KEY', 'AWS\'s documentation'],
])('what cannot work is refused: %#', async (environment, code, words) => {
  const failure = await failureOf(() => find(place.surroundings(environment)));
  expect(failure.code).toBe(code);
  expect(failure.message).toContain(words);
  expect(failure.message + failure.fix).not.toContain(secret);
});

test('what emulators take passes: the shape of a key is no matter', async () => {
  const { found } = await winner(place.surroundings({ AWS_ACCESS_KEY_ID: 'test', AWS_SECRET_ACCESS_KEY: 'test' }));
  expect(await found.provider()).toEqual({ accessKeyId: 'test', secretAccessKey: 'test' });
});

test('a broken AWS file beside complete environment keys only warns', async () => {
  place.inHome('.aws/config', Buffer.from([0xff, 0xfe, 0x00]));
  const { warnings } = await winner(place.surroundings(longTermKeys));
  expect(warnings).toEqual([expect.stringContaining('~/.aws/config is not UTF-8 text')]);
  const failure = await failureOf(() => find(place.surroundings()));
  expect(failure.code).toBe('BAD_CONFIG_FILE');
});

describe('.env', () => {
  test('outside of a repository it is used with a warning', async () => {
    place.inProject('.env', dotenv);
    const { found, warnings } = await winner(place.surroundings());
    expect(found).toMatchObject({ source: 'dotenv', title: '.env', region: { value: 'ap-south-1', source: '.env' } });
    expect(warnings).toEqual([expect.stringContaining('no git repository')]);
  });

  test('git must ignore it, and must not track it', async () => {
    git('init', '-q');
    place.inProject('.env', dotenv);
    const unignored = await find(place.surroundings());
    expect(unignored.looked.find(({ title }) => title === '.env')?.why).toContain('does not ignore');
    git('add', '.env');
    place.inProject('.gitignore', '.env\n');
    const staged = await find(place.surroundings());
    expect(staged.looked.find(({ title }) => title === '.env')?.why).toContain('tracks it');
    git('rm', '-q', '--cached', '.env');
    const { found, warnings } = await winner(place.surroundings());
    expect([found.title, warnings]).toEqual(['.env', []]);
  });

  test('AWS_PROFILE in it selects that profile, with its own region first', async () => {
    writeProfiles();
    place.inProject('.env', 'AWS_PROFILE=dev\nAWS_REGION=sa-east-1\n');
    const { found } = await winner(place.surroundings());
    expect(found).toMatchObject({ source: 'dotenv', profile: 'dev', region: { value: 'sa-east-1', source: '.env' } });
  });

  test('variables of it that are no credentials, such as an endpoint, have no effect', async () => {
    place.inProject('.env', `${dotenv}AWS_ENDPOINT_URL=http://evil.example\nAWS_CONFIG_FILE=/evil\nNODE_OPTIONS=--require=evil\nAWS_CA_BUNDLE=/evil\n`);
    const { found } = await winner(place.surroundings());
    expect(found.aws).toEqual({});
    expect(process.env['NODE_OPTIONS']).not.toBe('--require=evil');
  });

  test('a token of the environment never meets keys of .env', async () => {
    place.inProject('.env', dotenv);
    const { found } = await winner(place.surroundings({ AWS_SESSION_TOKEN: 'a-token-of-the-environment' }));
    expect(await found.provider()).toEqual({ accessKeyId: 'AKIAQYLPMN5HHDOTENV2', secretAccessKey: secret });
  });
});
