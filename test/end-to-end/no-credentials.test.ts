import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { identity, refusal, startFakeSts } from '../identity/fake-sts';
import { launch, makeProject, npmRun, type Project } from './project';

// Without a terminal nothing is asked: the run says what is missing, how to give it, and ends with the code of the contract.

jest.setTimeout(60_000);

let project: Project;
beforeAll(() => { project = makeProject(); });
afterAll(() => { project.remove(); });

const keys = { AWS_ACCESS_KEY_ID: 'AKIAQYLPMN5HHQWERTYU', AWS_SECRET_ACCESS_KEY: 'wJalrXUtnFEMI/K7MDENG+bPxRfiCYzzzzzzzzz', AWS_REGION: 'us-west-2' };

interface Report {
  readonly ok: boolean;
  readonly error: { readonly code: string; readonly message: string; readonly fix: string } | null;
  readonly exitCode: number;
  readonly checks: readonly { readonly id: string; readonly status: string }[];
}

/** Runs the preflight with `--json`; standard output must be one object and nothing else. */
async function preflightJson(environment: Readonly<Record<string, string>>, args: readonly string[] = []): Promise<Report> {
  const ran = await launch(project, 'preflight', ['--json', ...args], environment);
  const report = JSON.parse(ran.stdout) as Report;
  expect(ran.code).toBe(report.exitCode);
  expect(ran.stderr).toBe('');
  return report;
}

test('deploy without credentials exits 3, names every place and every way to give them', async () => {
  const ran = await npmRun(project, 'deploy');
  expect(ran.code).toBe(3);
  for (const line of ['export AWS_ACCESS_KEY_ID="..."', 'export AWS_SECRET_ACCESS_KEY="..."', 'export AWS_SESSION_TOKEN="..."', 'export AWS_DEFAULT_REGION="us-west-2"', 'aws configure', 'aws configure --profile myprofile', '.env', 'default profile']) {
    expect(ran.output).toContain(line);
  }
  expect(ran.output).toMatch(/never paste/i);
});

test('CI and --no-input never ask either', async () => {
  expect((await launch(project, 'preflight', [], { CI: 'true' })).code).toBe(3);
  expect((await launch(project, 'preflight', ['--no-input'])).code).toBe(3);
});

test.each([
  ['an option that nobody has', ['--acount', '1'], {}, 2, 'USAGE'],
  ['a key on the command line', ['AKIAQYLPMN5HHQWERTYU'], {}, 2, 'SECRET_ON_COMMAND_LINE'],
  ['half a key', [], { AWS_ACCESS_KEY_ID: keys.AWS_ACCESS_KEY_ID, AWS_REGION: 'us-west-2' }, 3, 'INCOMPLETE_CREDENTIALS'],
  ['no region', [], { AWS_ACCESS_KEY_ID: keys.AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY: keys.AWS_SECRET_ACCESS_KEY }, 3, 'NO_REGION'],
  ['a profile that is not there', ['--profile', 'nobody'], {}, 3, 'PROFILE_NOT_FOUND'],
  ['no network', [], { ...keys, AWS_ENDPOINT_URL: 'http://127.0.0.1:9' }, 6, 'NETWORK_UNREACHABLE'],
  ['a region with a typing error', [], { ...keys, AWS_REGION: 'us_west_2' }, 2, 'BAD_REGION'],
] as const)('%s is one JSON object with its code', async (_case, args, environment, exitCode, code) => {
  expect(await preflightJson(environment, args)).toMatchObject({ ok: false, exitCode, error: { code } });
});

test.each([
  ['ExpiredToken', 4, 'EXPIRED_CREDENTIALS'],
  ['InvalidClientTokenId', 4, 'INVALID_ACCESS_KEY'],
  ['SignatureDoesNotMatch', 4, 'INVALID_SECRET'],
] as const)('%s from STS is one JSON object with its code, and shows no secret', async (answer, exitCode, code) => {
  const sts = await startFakeSts(refusal(answer, 'It was refused.'));
  try {
    const report = await preflightJson({ ...keys, AWS_ENDPOINT_URL: sts.origin });
    expect(report).toMatchObject({ ok: false, exitCode, error: { code } });
    expect(JSON.stringify(report)).not.toContain(keys.AWS_SECRET_ACCESS_KEY);
  } finally {
    await sts.close();
  }
});

test('the local checks are in the report although there are no credentials', async () => {
  const report = await preflightJson({});
  expect(report.checks).toEqual(expect.arrayContaining([expect.objectContaining({ id: 'gitignore', status: 'pass' }), expect.objectContaining({ id: 'env-file', status: 'skip' })]));
});

test('a profile of the AWS CLI is used, and what it hides is named', async () => {
  mkdirSync(join(project.home, '.aws'), { recursive: true });
  writeFileSync(join(project.home, '.aws/credentials'), '[default]\naws_access_key_id = AKIAOTHEROTHEROTHER2\naws_secret_access_key = 0000000000000000000000000000000000000000\n');
  writeFileSync(join(project.home, '.aws/config'), '[constructor]\nregion = x\n');
  const sts = await startFakeSts(identity());
  try {
    const ran = await npmRun(project, 'preflight', ['--json', '--verbose'], { ...keys, AWS_ENDPOINT_URL_STS: sts.origin, AWS_ENDPOINT_URL_SSM: 'http://127.0.0.1:9' });
    const report = JSON.parse(ran.stdout) as { credentials: unknown; checks: unknown; sources: unknown };
    expect(report.checks).toContainEqual({ id: 'credentials', status: 'warn', message: expect.stringMatching(/^environment keys: AKIA…RTYU; ignored: profile default\. The section "constructor" in ~\/\.aws\/config, line 1/) as string, fix: null });
    expect(report.sources).toEqual(expect.arrayContaining([{ title: 'environment keys', state: 'used', what: null }, { title: 'default profile', state: 'ignored', what: 'profile default' }]));
    expect(report.credentials).toMatchObject({ source: 'environment', kind: 'long-term', accessKeyId: 'AKIA…RTYU', shadowed: ['profile default'] });
    expect(sts.requests.map(({ accessKeyId }) => accessKeyId)).toEqual([keys.AWS_ACCESS_KEY_ID]);
  } finally {
    await sts.close();
  }
});
