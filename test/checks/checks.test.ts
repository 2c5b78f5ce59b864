import type { AssemblyStack } from '../../scripts/assembly/assembly';
import type { AuditFinding } from '../../scripts/assembly/audit';
import { account } from '../../scripts/checks/account';
import { assembly } from '../../scripts/checks/assembly';
import { envFile } from '../../scripts/checks/env-file';
import { gitignore, type EnvFile } from '../../scripts/checks/gitignore';
import { keyKind } from '../../scripts/checks/key-kind';
import type { Proven } from '../../scripts/checks/check';
import type { Configuration } from '../../scripts/configuration/configuration';
import type { Proof } from '../../scripts/identity/prove';

const configuration: Configuration = { app: null, build: null, qualifier: 'hnb659fds', environments: [], accounts: [], regions: [], minSessionMinutes: 15, maxKeyAgeDays: 90, allowLongTermKeysInCi: false, allowRoot: false, allowAssetCommands: false, appVariables: [] };

function proof(arn: string, kind: Proof['kind'] = 'temporary'): Proof {
  const [, partition = '', , , id = ''] = arn.split(':');
  return { identity: { account: id, arn, userId: 'AIDA', partition }, credentials: { accessKeyId: 'test', secretAccessKey: 'test' }, kind, clockOffsetMs: 0 };
}

const user = proof('arn:aws:iam::123456789012:user/dev', 'long-term');

const desk = { kind: 'desk' } as const;
const environmentKeys: Proven['found'] = { source: 'environment', profile: null, title: 'environment keys', provider: async () => user.credentials, region: null, aws: {} };

function kindOfKeys(subject: Partial<Parameters<typeof keyKind.run>[0]>): ReturnType<typeof keyKind.run> {
  return keyKind.run({ proof: user, configuration, host: desk, found: environmentKeys, surroundings: { environment: {} }, ...subject });
}

describe('key-kind', () => {
  test.each(['arn:aws:iam::123456789012:root', 'arn:aws-cn:iam::123456789012:root'])('%s does not deploy', async (arn) => {
    expect(await kindOfKeys({ proof: proof(arn) })).toMatchObject({
      id: 'key-kind', status: 'fail', code: 'ROOT_USER', message: expect.stringContaining('123456789012') as string, fix: expect.stringMatching(/^aws configure sso\n|^aws login /) as string,
    });
  });

  test('beside --env the root user\'s profile is the one that cdk.json names, and another is to be named there', async () => {
    const subject = { proof: proof('arn:aws:iam::123456789012:root'), surroundings: { environment: {}, target: { name: 'prod', account: null, region: null, profile: 'work', confirm: 'yes' } } } as const;
    const ofProfile = await kindOfKeys({ ...subject, found: { ...environmentKeys, source: 'profile', profile: 'work' } });
    expect(ofProfile).toMatchObject({ code: 'ROOT_USER', message: expect.stringContaining('of profile work, which environments.prod in cdk.json names') as string, fix: expect.stringContaining('"profile": "NAME" in environments.prod in cdk.json') as string });
    expect(ofProfile.fix).not.toContain('--profile');
    expect((await kindOfKeys(subject)).message).not.toContain('environments.prod');
  });

  test('a session of the root user, as aws login gives, has no keys that could be deleted', async () => {
    const keys = await kindOfKeys({ proof: proof('arn:aws:iam::123456789012:root', 'long-term') });
    const login = await kindOfKeys({ proof: proof('arn:aws:iam::123456789012:root') });
    expect(keys).toMatchObject({ message: expect.stringContaining('These are keys of the root user') as string, fix: expect.stringContaining('delete the root user\'s keys') as string });
    expect(login).toMatchObject({ message: expect.stringContaining('This is a session of the root user') as string, fix: expect.not.stringContaining('delete') as string });
  });

  test('the configuration may allow the root user', async () => {
    expect(await kindOfKeys({ proof: proof('arn:aws:iam::123456789012:root'), configuration: { ...configuration, allowRoot: true } })).toMatchObject({ status: 'warn', fix: null });
  });

  test('the root user and the keys of an emulator are none of AWS, in CI too', async () => {
    expect(await kindOfKeys({ proof: proof('arn:aws:iam::000000000000:root', 'long-term'), host: { kind: 'ci' } })).toMatchObject({ status: 'pass' });
    expect(await kindOfKeys({ proof: proof('arn:aws:iam::000000000000:user/x', 'long-term'), host: { kind: 'ci' } })).toMatchObject({ status: 'pass' });
  });

  test.each([
    proof('arn:aws:sts::123456789012:assumed-role/root/root'),
    proof('arn:aws:iam::123456789012:user/root'),
  ])('temporary credentials pass, in CI too', async (other) => {
    expect(await kindOfKeys({ proof: other, host: { kind: 'ci' } })).toEqual({ id: 'key-kind', status: 'pass', message: 'temporary credentials', fix: null });
  });

  test('long-term keys warn on a desk', async () => {
    expect(await kindOfKeys({})).toMatchObject({ status: 'warn', message: 'long-term keys; temporary ones are preferred', fix: expect.stringContaining('aws configure sso') as string });
  });

  test('long-term keys warn where AWS gives a role, and name it', async () => {
    const host = { kind: 'aws', role: 'the task role of this ECS task' } as const;
    expect(await kindOfKeys({ host })).toMatchObject({ status: 'warn', message: expect.stringContaining(host.role) as string, fix: expect.stringContaining('unset AWS_ACCESS_KEY_ID') as string });
    expect(await kindOfKeys({ host, found: { ...environmentKeys, source: 'profile', profile: 'dev' } })).toMatchObject({ fix: expect.stringContaining('profile dev') as string });
  });

  test('long-term keys do not deploy in CI, unless the configuration allows them', async () => {
    expect(await kindOfKeys({ host: { kind: 'ci' } })).toMatchObject({ status: 'fail', code: 'LONG_TERM_KEYS_IN_CI', fix: expect.stringMatching(/set AWS_ROLE_ARN[^]*id-token: write/) as string });
    expect((await kindOfKeys({ host: { kind: 'ci' }, surroundings: { environment: { GITLAB_CI: 'true' } } })).fix).toContain('What GitLab CI/CD wants for a token:\n  id_tokens:');
    expect(await kindOfKeys({ host: { kind: 'ci' }, configuration: { ...configuration, allowLongTermKeysInCi: true } })).toMatchObject({ status: 'warn', fix: null });
  });
});

const accountWith = (expectedAccount: string | null, accounts: readonly string[], source: Proven['found']['source'] = 'environment') => account.run({ proof: user, found: { ...environmentKeys, source }, configuration: { ...configuration, accounts }, expectedAccount: expectedAccount === null ? null : { account: expectedAccount, environment: null } });

describe('account', () => {
  test.each<[string | null, string[], RegExp]>([
    [null, [], /would guard it/],
    ['123456789012', [], /as expected/],
    [null, ['111111111111', '123456789012'], /as expected/],
    ['123456789012', ['123456789012'], /as expected/],
  ])('--account %p with accounts %j passes', async (expected, accounts, message) => {
    expect(await accountWith(expected, accounts)).toMatchObject({ id: 'account', status: 'pass', message: expect.stringMatching(message) as string });
  });

  test.each<[string | null, string[], RegExp, RegExp]>([
    ['111111111111', [], /--account expects 111111111111/, /account 111111111111:/],
    ['111111111111', ['123456789012'], /--account expects 111111111111/, /account 111111111111:/],
    [null, ['111111111111', '222222222222'], /cdk\.json allows only 111111111111, 222222222222/, /account 111111111111 or 222222222222:/],
    ['123456789012', ['111111111111'], /cdk\.json allows only 111111111111/, /account 111111111111:/],
  ])('--account %p with accounts %j fails', async (expected, accounts, message, fix) => {
    expect(await accountWith(expected, accounts)).toMatchObject({ status: 'fail', code: 'WRONG_ACCOUNT', message: expect.stringMatching(message) as string, fix: expect.stringMatching(fix) as string });
  });

  test('--account beside --local is what to leave out: no profile may stand there', async () => {
    expect((await accountWith('111111111111', [], 'local')).fix).toBe('The local AWS has no account but 123456789012: leave --account out, or --local.');
  });
});

function stack(id: string, stackAccount: string | null): AssemblyStack {
  return { id, name: id, account: stackAccount, region: null, bootstrap: null, deployRoleArn: null, lookupRoleArn: null, templateFile: '/x' };
}

const repository = (ignored: boolean, tracked: boolean): EnvFile['git'] => ({ kind: 'repository', ignored, tracked: tracked && 'committed' });

describe('gitignore and env-file', () => {
  const none: EnvFile['git'] = { kind: 'no-repository' };
  const unknown: EnvFile['git'] = { kind: 'unknown', why: 'git is not installed' };

  test.each<[EnvFile, string, string, string | null]>([
    [{ git: repository(true, false), exists: true, mode: 0o100600, owner: 'self' }, 'pass', 'pass', null],
    [{ git: repository(true, false), exists: false, mode: null, owner: 'self' }, 'pass', 'skip', null],
    [{ git: repository(false, false), exists: true, mode: 0o100600, owner: 'self' }, 'fail', 'pass', 'ENV_FILE_NOT_IGNORED'],
    [{ git: repository(false, false), exists: false, mode: null, owner: 'self' }, 'warn', 'skip', null],
    [{ git: repository(false, true), exists: true, mode: 0o100600, owner: 'self' }, 'skip', 'fail', 'ENV_FILE_TRACKED'],
    [{ git: repository(true, true), exists: true, mode: 0o100600, owner: 'self' }, 'skip', 'fail', 'ENV_FILE_TRACKED'],
    [{ git: repository(false, true), exists: false, mode: null, owner: 'self' }, 'skip', 'fail', 'ENV_FILE_TRACKED'],
    [{ git: none, exists: true, mode: 0o100600, owner: 'self' }, 'skip', 'pass', null],
    [{ git: unknown, exists: true, mode: 0o100644, owner: 'self' }, 'warn', 'warn', null],
    [{ git: none, exists: true, mode: 0o100620, owner: 'self' }, 'skip', 'warn', null],
  ])('%j: %s and %s', async (file, ignoredStatus, fileStatus, code) => {
    const results = [await gitignore.run(file), await envFile.run(file)];
    expect(results.map(({ id, status }) => [id, status])).toEqual([['gitignore', ignoredStatus], ['env-file', fileStatus]]);
    expect(results.flatMap((result) => (result.status === 'fail' ? [result.code] : []))).toEqual(code === null ? [] : [code]);
  });

  test.each<[EnvFile['owner'], number, object]>([
    ['self', 0o100600, { status: 'pass', message: '.env is yours alone' }],
    ['other', 0o100600, { status: 'warn', message: '.env belongs to another user of this machine, who can read and change it.', fix: expect.stringContaining('install -m 600 .env .env.new && mv -f .env.new .env') }],
    ['other', 0o100644, { status: 'warn', message: expect.stringContaining('belongs to another user') }],
    ['other-than-root', 0o100600, { status: 'pass', message: 'nobody but its owner and root can read .env' }],
    ['other-than-root', 0o100644, { status: 'warn', fix: 'chmod 600 .env' }],
  ])('of an owner that is %s, with mode %o', async (owner, mode, said) => {
    expect(await envFile.run({ git: none, exists: true, mode, owner })).toMatchObject(said);
  });

  test('the mode is told as chmod has it', async () => {
    expect(await envFile.run({ git: none, exists: true, mode: 0o100604, owner: 'self' })).toMatchObject({ message: expect.stringContaining('(mode 0604)') as string, fix: 'chmod 600 .env' });
  });
});

const check = (findings: readonly AuditFinding[], missing: readonly string[] = []) => assembly.run({
  assembly: { directory: '/x', stacks: [stack('A', null)], missing, assetCommands: [] }, findings,
});

describe('assembly', () => {
  const leak: AuditFinding = { severity: 'fail', path: 'asset.a.zip!index.js', rule: 'credential-in-use' };
  const id: AuditFinding = { severity: 'warn', path: 'asset.b/x.js', rule: 'aws-access-key-id' };
  const dark: AuditFinding = { severity: 'warn', path: 'asset.c.zip!secret.bin', rule: 'not-searched' };

  test('without a finding it passes', async () => {
    expect(await check([])).toEqual({ id: 'assembly', status: 'pass', message: 'one stack, no credential in any file or zip', fix: null });
  });

  test('a credential fails before all else, and says where it is', async () => {
    expect(await check([id, leak], ['vpc'])).toMatchObject({ status: 'fail', code: 'SECRET_IN_ASSEMBLY', message: expect.stringContaining('asset.a.zip!index.js (credential-in-use)') as string });
  });

  test('many are counted', async () => {
    const many = Array.from({ length: 8 }, (_, index): AuditFinding => ({ ...leak, path: `file-${index}` }));
    const { message } = await check(many);
    expect(message).toContain('file-4');
    expect(message).not.toContain('file-5');
    expect(message).toContain('and 3 more');
  });

  test('what waits for lookups fails', async () => {
    expect(await check([], ['vpc-provider:1', 'ami:2'])).toMatchObject({ status: 'fail', code: 'CDK_FAILED', message: expect.stringContaining('vpc-provider:1, ami:2') as string });
  });

  test.each<[AuditFinding[], string]>([
    [[id], 'What looks like an access key id, with no secret near it, is in asset.b/x.js (aws-access-key-id).'],
    [[dark], 'Could not be searched, since it is encrypted, broken, or packed too deep or too large in another: asset.c.zip!secret.bin (not-searched).'],
    [[id, dark], 'What looks like an access key id, with no secret near it, is in asset.b/x.js (aws-access-key-id). Could not be searched, since it is encrypted, broken, or packed too deep or too large in another: asset.c.zip!secret.bin (not-searched).'],
  ])('doubts are a warning that says which', async (findings, message) => {
    expect(await check(findings)).toMatchObject({ status: 'warn', message });
  });
});
