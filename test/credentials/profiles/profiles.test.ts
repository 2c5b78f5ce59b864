import { execFileSync } from 'node:child_process';
import { mkdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { readAwsFiles } from '../../../scripts/credentials/profiles/aws-files';
import { listProfiles } from '../../../scripts/credentials/profiles/list-profiles';
import { resolveProfile } from '../../../scripts/credentials/profiles/resolve-profile';
import { identity, refusal, session, startFakeSts, type FakeSts } from '../../identity/fake-sts';
import { failureOf, makePlace, secret, type Place } from '../place';

let place: Place;
let sts: FakeSts | null = null;
beforeEach(() => { place = makePlace(); });
afterEach(async () => {
  place.remove();
  await sts?.close();
  sts = null;
});

const naming = { source: 'profile', title: 'profile dev', namedBy: '--profile' } as const;
const keys = `aws_access_key_id = AKIAQYLPMN5HHHFPZAM2\naws_secret_access_key = ${secret}\n`;

function resolve(environment: Readonly<Record<string, string>> = {}, name = 'dev'): ReturnType<typeof resolveProfile> {
  return resolveProfile(name, place.surroundings(environment), naming);
}

test('keys, region and what AWS is meant come from the profile', async () => {
  place.inHome('.aws/credentials', `[dev]\n${keys}`);
  place.inHome('.aws/config', '[profile dev]\nregion = eu-west-1\nendpoint_url = http://127.0.0.1:9\nservices = mine\nuse_fips_endpoint = TRUE\nca_bundle = /ca.pem\n[services mine]\ns3 =\n  endpoint_url = http://127.0.0.1:8\n');
  const { found } = resolve();
  expect(found).toMatchObject({ region: { value: 'eu-west-1', source: 'profile dev' }, aws: { AWS_ENDPOINT_URL: 'http://127.0.0.1:9', AWS_ENDPOINT_URL_S3: 'http://127.0.0.1:8', AWS_USE_FIPS_ENDPOINT: 'true', AWS_CA_BUNDLE: '/ca.pem' } });
  expect(await found.provider()).toEqual({ accessKeyId: 'AKIAQYLPMN5HHHFPZAM2', secretAccessKey: secret });
});

test('variables go before the profile, and one for all before its services', () => {
  place.inHome('.aws/config', `[profile dev]\n${keys}endpoint_url = http://127.0.0.1:9\nservices = mine\n[services mine]\ns3 =\n  endpoint_url = http://127.0.0.1:8\n`);
  expect(resolve({ AWS_ENDPOINT_URL_SSM: 'http://127.0.0.1:7' }).found.aws).toEqual({ AWS_ENDPOINT_URL: 'http://127.0.0.1:9', AWS_ENDPOINT_URL_S3: 'http://127.0.0.1:8', AWS_ENDPOINT_URL_SSM: 'http://127.0.0.1:7' });
  expect(resolve({ AWS_ENDPOINT_URL: 'http://127.0.0.1:6' }).found.aws).toEqual({ AWS_ENDPOINT_URL: 'http://127.0.0.1:6' });
  expect(resolve({ AWS_ENDPOINT_URL: 'http://127.0.0.1:6', AWS_IGNORE_CONFIGURED_ENDPOINT_URLS: 'true' }).found.aws).toEqual({});
});

test.each([
  ['AWS_ENDPOINT_URL', 'localhost:4566', 'USAGE'],
  ['AWS_USE_FIPS_ENDPOINT', 'perhaps', 'USAGE'],
])('%s=%s is refused', async (name, value, code) => {
  place.inHome('.aws/credentials', `[dev]\n${keys}`);
  expect(await failureOf(() => resolve({ [name]: value }))).toMatchObject({ code });
});

test('a token of the config file never meets keys of the credentials file', async () => {
  place.inHome('.aws/credentials', `[dev]\n${keys}`);
  place.inHome('.aws/config', '[profile dev]\naws_session_token = the-token-of-another-session\n');
  expect(await resolve().found.provider()).not.toHaveProperty('sessionToken');
});

test('a profile that is not there: the nearest name, and the list', async () => {
  place.inHome('.aws/credentials', `[default]\n${keys}[development]\n${keys}`);
  const failure = await failureOf(() => resolve({}, 'develpment'));
  expect(failure).toMatchObject({ code: 'PROFILE_NOT_FOUND', fix: expect.stringMatching(/Did you mean development\? There are: default, development/) as string });
});

test.each([
  ['a circle', '[profile dev]\nrole_arn = arn:aws:iam::123456789012:role/r\nsource_profile = b\n[profile b]\nrole_arn = arn:aws:iam::123456789012:role/r\nsource_profile = dev\n', 'PROFILE_NOT_FOUND', 'dev → b → dev'],
  ['no source profile', '[profile dev]\nrole_arn = arn:aws:iam::123456789012:role/r\nsource_profile = nobody\n', 'PROFILE_NOT_FOUND', 'source_profile = nobody'],
  ['a role of nothing', '[profile dev]\nrole_arn = arn:aws:iam::123456789012:role/r\n', 'NO_CREDENTIALS', 'role_arn needs'],
  ['an empty profile', '[profile dev]\nregion = eu-west-1\n', 'NO_CREDENTIALS', '~/.aws/config:1'],
  ['another credential_source', '[profile dev]\nrole_arn = arn:aws:iam::123456789012:role/r\ncredential_source = Enviroment\n', 'BAD_CONFIG_FILE', 'credential_source'],
  ['keys of an environment that has none', roleOf('Environment'), 'NO_CREDENTIALS', '~/.aws/config:1) has credential_source = Environment, and AWS_ACCESS_KEY_ID is not set'],
  ['the role of a container outside of one', `[profile dev]\nrole_arn = arn:aws:iam::123456789012:role/r\nsource_profile = b\n${roleOf('EcsContainer', 'b')}`, 'NO_CREDENTIALS', 'Profile b (~/.aws/config:4) has credential_source = EcsContainer, and this is no container'],
  ['the role of an instance that must not be asked', roleOf('Ec2InstanceMetadata'), 'NO_CREDENTIALS', 'AWS_EC2_METADATA_DISABLED is true'],
  ['no sso-session', '[profile dev]\nsso_session = corp\nsso_account_id = 123456789012\nsso_role_name = Admin\n', 'BAD_CONFIG_FILE', '[sso-session corp]'],
  ['half of an sso profile', '[profile dev]\nsso_start_url = https://a.example\nsso_region = eu-west-1\n', 'BAD_CONFIG_FILE', 'sso_account_id and sso_role_name'],
  ['half of the keys', '[profile dev]\naws_access_key_id = AKIAQYLPMN5HHHFPZAM2\n', 'INCOMPLETE_CREDENTIALS', 'aws_secret_access_key is missing'],
  ['no services section', `[profile dev]\n${keys}services = mine\n`, 'BAD_CONFIG_FILE', 'services section'],
])('%s is said as it is', async (_name, config, code, words) => {
  place.inHome('.aws/config', config);
  const failure = await failureOf(() => resolve());
  expect([failure.code, failure.message]).toEqual([code, expect.stringContaining(words)]);
});

test('an instance that gives nothing is said as that, and nobody is sent to look for keys or for STS', async () => {
  place.inHome('.aws/config', roleOf('Ec2InstanceMetadata'));
  const failure = await failureOf(resolve({ AWS_EC2_METADATA_DISABLED: 'false', AWS_EC2_METADATA_SERVICE_ENDPOINT: 'http://127.0.0.1:1', AWS_ENDPOINT_URL: 'http://127.0.0.1:2' }).found.provider);
  expect(failure).toMatchObject({ code: 'NO_CREDENTIALS', message: expect.stringContaining('the metadata service of an EC2 instance gave no role') as string, fix: expect.stringContaining('--list-profiles') as string });
});

function roleOf(source: string, name = 'dev'): string {
  return `[profile ${name}]\nrole_arn = arn:aws:iam::123456789012:role/r\ncredential_source = ${source}\n`;
}

describe('a role', () => {
  const role = `[profile dev]\nrole_arn = arn:aws:iam::123456789012:role/deployer\nsource_profile = base\nregion = eu-west-1\n[profile base]\n${keys}`;
  const assumed = { accessKeyId: 'ASIAQYLPMN5HHASSUMED', secretAccessKey: 'the-secret-of-the-session-here', sessionToken: 'the-token-of-the-session' };

  test('is assumed at the endpoint of the run, once while its session lasts', async () => {
    const expiration = new Date(Math.ceil(Date.now() / 1000) * 1000 + 3_600_000);
    sts = await startFakeSts(session(assumed, expiration));
    place.inHome('.aws/config', role);
    const { provider } = resolve({ AWS_ENDPOINT_URL: sts.origin }).found;
    expect(await Promise.all([provider(), provider()])).toEqual([{ ...assumed, expiration }, { ...assumed, expiration }]);
    expect(sts.requests.map(({ action, accessKeyId, parameters }) => [action, accessKeyId, parameters.get('RoleArn')])).toEqual([['AssumeRole', 'AKIAQYLPMN5HHHFPZAM2', 'arn:aws:iam::123456789012:role/deployer']]);
  });

  test('that may not be assumed is named', async () => {
    sts = await startFakeSts(refusal('AccessDenied', 'User: arn:aws:iam::123456789012:user/dev is not authorized to perform: sts:AssumeRole on resource: arn:aws:iam::123456789012:role/deployer'));
    place.inHome('.aws/config', role);
    const failure = await failureOf(resolve({ AWS_ENDPOINT_URL: sts.origin }).found.provider);
    expect(failure).toMatchObject({ code: 'ACCESS_DENIED', message: expect.stringContaining('sts:AssumeRole on arn:aws:iam::123456789012:role/deployer') as string });
  });

  test('with MFA asks for what gives a session', async () => {
    sts = await startFakeSts(identity());
    place.inHome('.aws/config', role.replace('region', 'mfa_serial = arn:aws:iam::123456789012:mfa/dev\nregion'));
    const failure = await failureOf(resolve({ AWS_ENDPOINT_URL: sts.origin }).found.provider);
    expect(failure.code).toBe('MFA_REQUIRED');
    expect(sts.requests).toEqual([]);
  });

  test('of the environment gets the person\'s keys, and ours are gone afterwards', async () => {
    sts = await startFakeSts(session(assumed, new Date(Date.now() + 3_600_000)));
    place.inHome('.aws/config', '[profile dev]\nrole_arn = arn:aws:iam::123456789012:role/deployer\ncredential_source = Environment\n');
    await resolve({ AWS_ENDPOINT_URL: sts.origin, AWS_ACCESS_KEY_ID: 'AKIAQYLPMN5HPERSONAL', AWS_SECRET_ACCESS_KEY: secret }).found.provider();
    expect(sts.requests.map(({ accessKeyId }) => accessKeyId)).toEqual(['AKIAQYLPMN5HPERSONAL']);
    expect(process.env['AWS_ACCESS_KEY_ID']).not.toBe('AKIAQYLPMN5HPERSONAL');
  });
});

test('an IAM Identity Center profile without a login names the command, and a role that comes from one names it for that profile', async () => {
  const sso = 'sso_session = corp\nsso_account_id = 123456789012\nsso_role_name = Admin\n[sso-session corp]\nsso_start_url = https://a.example\nsso_region = eu-west-1\n';
  place.inHome('.aws/config', `[profile dev]\n${sso}`);
  expect(await failureOf(resolve().found.provider)).toMatchObject({ code: 'SSO_LOGIN_REQUIRED', fix: 'aws sso login --profile dev' });
  place.inHome('.aws/config', `[profile dev]\nrole_arn = arn:aws:iam::123456789012:role/deployer\nsource_profile = base\n[profile base]\n${sso}`);
  expect(await failureOf(resolve().found.provider)).toMatchObject({ code: 'SSO_LOGIN_REQUIRED', fix: 'aws sso login --profile base' });
});

test('an aws login profile without a session names the command', async () => {
  place.inHome('.aws/config', '[profile dev]\nlogin_session = arn:aws:iam::123456789012:user/dev\nregion = eu-west-1\n');
  expect(await failureOf(resolve().found.provider)).toMatchObject({ code: 'SSO_LOGIN_REQUIRED', fix: 'aws login --profile dev' });
});

test('a credential_process gives credentials', async () => {
  place.inHome('.aws/config', '[profile dev]\ncredential_process = echo \'{"Version":1,"AccessKeyId":"ASIAPROCESSPROCESS22","SecretAccessKey":"secret-of-the-process","SessionToken":"token-of-the-process"}\'\n');
  expect(await resolve().found.provider()).toEqual({ accessKeyId: 'ASIAPROCESSPROCESS22', secretAccessKey: 'secret-of-the-process', sessionToken: 'token-of-the-process' });
});

test.each([
  'echo secret-in-the-output; exit 3',
  'echo secret-in-the-output >&2; exit 3',
  'echo secret-in-the-output',
  'echo \'{"Version":2}\'',
  'no-such-program-anywhere secret-in-the-output',
])('a credential_process that fails is not quoted: %s', async (command) => {
  place.inHome('.aws/config', `[profile dev]\ncredential_process = ${command}\n`);
  const failure = await failureOf(resolve().found.provider);
  expect(failure.code).toBe('CREDENTIAL_PROCESS_FAILED');
  expect(failure.message + failure.fix).not.toContain('secret-in-the-output');
});

describe('broken files', () => {
  test.each(['constructor', '__proto__', 'toString', 'profile __proto__', 'profile hasOwnProperty'])('a section [%s] is named with its line before the SDK reads it', async (name) => {
    place.inHome('.aws/config', `[profile dev]\ncredential_process = echo\n[${name}]\nregion = polluted\n`);
    const failure = await failureOf(() => resolve());
    expect(failure).toMatchObject({ code: 'BAD_CONFIG_FILE', message: expect.stringContaining('~/.aws/config, line 3') as string });
    expect(({} as Readonly<Record<string, unknown>>)['region']).toBeUndefined();
  });

  test('static keys do not need the SDK, so that such a section only warns', () => {
    place.inHome('.aws/credentials', `[constructor]\na = b\n[dev]\n${keys}`);
    expect(resolve().warnings).toEqual([expect.stringContaining('line 1')]);
  });

  test.each([
    ['a directory', (path: string) => { mkdirSync(path, { recursive: true }); }, 'is a directory'],
    ['a FIFO', (path: string) => { mkdirSync(join(path, '..'), { recursive: true }); execFileSync('mkfifo', [path]); }, 'is a pipe'],
    ['a link to itself', (path: string) => { mkdirSync(join(path, '..'), { recursive: true }); symlinkSync(path, path); }, 'symbolic link'],
  ])('%s in place of a file does not hang', (_name, make, words) => {
    make(join(place.home, '.aws/config'));
    expect(readAwsFiles(place.surroundings()).unusable.map(({ message }) => message)).toEqual([expect.stringContaining(words)]);
  });

  test.each([
    ['binary', Buffer.from('[default]\0'), 'binary'],
    ['not UTF-8', Buffer.from([0x5b, 0xc3, 0x28]), 'UTF-8'],
    ['CR only', Buffer.from('[default]\rregion = x\r'), 'line ends'],
    ['huge', Buffer.alloc(5 * 1024 * 1024, '#'), 'too large'],
  ])('%s', (_name, bytes, words) => {
    place.inHome('.aws/credentials', bytes);
    expect(readAwsFiles(place.surroundings()).unusable.map(({ message }) => message)).toEqual([expect.stringContaining(words)]);
  });

  test('a byte order mark does no harm, and the null device is an empty file', () => {
    place.inHome('.aws/credentials', `\uFEFF[default]\n${keys}`);
    const files = readAwsFiles(place.surroundings({ AWS_CONFIG_FILE: '/dev/null' }));
    expect([[...files.profiles.keys()], files.unusable]).toEqual([['default'], []]);
  });
});

test('profiles are listed in the order of their names as people read them', () => {
  place.inHome('.aws/credentials', ['team-10', 'Beta', 'default', 'alpha', 'team-9', '_x'].map((name) => `[${name}]\n${keys}`).join(''));
  expect(listProfiles(place.surroundings()).map(({ name }) => name)).toEqual(['default', '_x', 'alpha', 'Beta', 'team-9', 'team-10']);
});

test('profiles are listed from both files with what the files say', () => {
  place.inHome('.aws/credentials', `[zeta]\naws_access_key_id = ASIAY34FZKBOKMUTVV7A\naws_secret_access_key = ${secret}\n[default]\n${keys}`);
  place.inHome('.aws/config', [
    '[profile role]', 'role_arn = arn:aws:iam::111111111111:role/path/deployer', 'source_profile = default', 'mfa_serial = x', 'region = eu-west-1',
    '[profile corp]', 'sso_session = s', 'sso_account_id = 222222222222', 'sso_role_name = Admin',
    '[profile proc]', 'credential_process = x', '[profile login]', 'login_session = arn:aws:iam::333333333333:user/me',
    '[profile web]', 'role_arn = arn:aws:iam::444444444444:role/w', 'web_identity_token_file = /t', '[profile none]', 'output = json', '[unprefixed]', 'region = x', '[sso-session s]', 'sso_region = x', '',
  ].join('\n'));
  expect(listProfiles(place.surroundings()).map(({ name, kind, account, region, role, mfa }) => [name, kind, account, region, role, mfa])).toEqual([
    ['default', 'keys', expect.stringMatching(/^\d{12}$/), null, null, false],
    ['corp', 'sso', '222222222222', null, 'Admin', false],
    ['login', 'login', '333333333333', null, null, false],
    ['none', 'none', null, null, null, false],
    ['proc', 'process', null, null, null, false],
    ['role', 'role', '111111111111', 'eu-west-1', 'deployer', true],
    ['web', 'web-identity', '444444444444', null, 'w', false],
    ['zeta', 'keys', '609629065308', null, null, false],
  ]);
});
