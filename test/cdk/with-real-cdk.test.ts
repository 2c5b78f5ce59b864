import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { readAssembly } from '../../scripts/assembly/read-assembly';
import { sealAssembly } from '../../scripts/assembly/seal';
import type { Authority } from '../../scripts/cdk/beside-credentials';
import { runCdk, type HandOver } from '../../scripts/cdk/hand-over';
import { publish } from '../../scripts/cdk/publish';
import { synthesize, type SynthesisInit } from '../../scripts/cdk/synthesize';
import { forgetSecrets } from '../../scripts/secrets/registry';
import { fakeAws, smallAws, type FakeAws } from './fake-aws';
import { fixtureProject, Kept, type FixtureProject } from './project';

const keysA = { accessKeyId: 'ASIATESTAAAAAAAAAAAA', secretAccessKey: 'the secret of A, for the tests only', sessionToken: 'the token of A, for the tests only' };

let aws: FakeAws;
let project: FixtureProject;
const stdout = new Kept();
const stderr = new Kept();

function section(name: string): string {
  return `[${name}]\naws_access_key_id = AKIAOTHER\naws_secret_access_key = other-${name}\n`;
}

/** Other keys wherever CDK looks: variables of the environment, the default profile, and the one of AWS_PROFILE. */
function otherIdentities(): Readonly<Record<string, string>> {
  const file = join(project.directory, 'credentials');
  writeFileSync(file, section('default') + section('other'));
  return {
    ...project.person, AWS_SHARED_CREDENTIALS_FILE: file, AWS_CONFIG_FILE: file, AWS_PROFILE: 'other', AWS_DEFAULT_PROFILE: 'other',
    AWS_ACCESS_KEY_ID: keysA.accessKeyId, AWS_SECRET_ACCESS_KEY: keysA.secretAccessKey, AWS_SESSION_TOKEN: keysA.sessionToken,
  };
}

function authority(): Authority {
  return { provider: () => Promise.resolve(keysA), account: '123456789012', region: 'us-west-2', aws: { AWS_ENDPOINT_URL: aws.url } };
}

function synthesis(init: Partial<SynthesisInit> = {}): SynthesisInit {
  return {
    projectDirectory: project.directory, person: project.person, account: '123456789012', region: 'us-west-2', authority: null,
    allowAssetCommands: false, appVariables: ['STAGE', 'LOOKUP', 'STACKS', 'PRINT', 'FAIL'], stacks: [], args: [], quiet: true, stdout, stderr, color: false, ...init,
  };
}

function handOver(init: Partial<HandOver>): HandOver {
  return {
    command: 'deploy', projectDirectory: project.directory, person: otherIdentities(), authority: authority(), assembly: null, assetCommands: [],
    allowAssetCommands: false, appVariables: ['STAGE', 'LOOKUP', 'STACKS', 'PRINT', 'FAIL'], stacks: [], args: [], qualifier: 'hnb659fds', again: 'npm run deploy', output: { kind: 'streams', stdout, stderr }, interactive: false, ...init,
  };
}

beforeEach(async () => {
  stdout.text = '';
  stderr.text = '';
  aws = await fakeAws(smallAws);
});

afterEach(async () => {
  project.remove();
  forgetSecrets();
  await aws.close();
});

describe('synthesis', () => {
  test('gives a hostile app no credential, no endpoint, no token; builds first; passes context and stack names on, and prints templates where they are wanted; publishes as cdk.out', async () => {
    project = fixtureProject({ build: 'env > build-environment.txt' });
    const made = await synthesize(synthesis({ person: { ...otherIdentities(), STAGE: 'prod', STACKS: 'Tiny Two' }, authority: authority(), stacks: ['Two'], args: ['-c', 'value=given', '--no-path-metadata'], quiet: false }));
    expect(made.stacks.map(({ id, account, region }) => [id, account, region])).toEqual(['Tiny', 'Two'].map((id) => [id, '123456789012', 'us-west-2']));
    expect(stdout.text).toContain('Value: given');
    const seen = [JSON.stringify(project.appEnvironments()), readFileSync(join(project.directory, 'build-environment.txt'), 'utf8')];
    for (const text of seen) {
      expect(text).toContain('prod');
      expect(text).not.toMatch(/of A, for the tests|AKIAOTHER|ASIATEST|AWS_PROFILE|AWS_CONTAINER|AWS_ENDPOINT|127\.0\.0\.1:\d/);
    }
    expect(aws.requests).toEqual([]);
    const published = publish(made, project.directory);
    expect(published.directory).toBe(join(project.directory, 'cdk.out'));
    expect(readAssembly(published.directory).stacks[0]?.templateFile).toBe(published.stacks[0]?.templateFile);
    expect(existsSync(published.stacks[0]?.templateFile ?? '')).toBe(true);
  });

  test('that fails is CDK_FAILED with CDK\'s code, and shows no secret that the app prints', async () => {
    project = fixtureProject();
    const { registerSecret } = await import('../../scripts/secrets/registry');
    registerSecret('sixteen-letters-secret');
    await expect(synthesize(synthesis({ person: { ...project.person, FAIL: '1', PRINT: 'sixteen-letters-secret' } }))).rejects.toMatchObject({
      code: 'CDK_FAILED', message: expect.stringContaining('ended with code 1') as string,
    });
    expect(stderr.text).toContain('the app prints [redacted]');
    expect(stderr.text).toContain('the app failed');
  });
});

// What stops a lookup: test/end-to-end/lookups.test.ts.
describe('an app with a context lookup', () => {
  test('is looked up with the keys that were proved, and never sees the endpoint', async () => {
    project = fixtureProject();
    const made = await synthesize(synthesis({ person: { ...otherIdentities(), LOOKUP: '/a/parameter' }, authority: authority() }));
    expect(made.missing).toEqual([]);
    expect(made.lookedUp).toEqual([expect.stringContaining('/a/parameter')]);
    expect(readFileSync(made.stacks[0]?.templateFile ?? '', 'utf8')).toContain('looked up value');
    expect(readFileSync(join(project.directory, 'cdk.context.json'), 'utf8')).toContain('looked up value');
    expect(aws.requests.map(({ keyId }) => keyId)).toEqual(aws.requests.map(() => keysA.accessKeyId));
    expect(aws.requests.length).toBeGreaterThan(0);
    expect(project.appEnvironments()).toHaveLength(2);
    expect(JSON.stringify(project.appEnvironments())).not.toMatch(/AWS_CONTAINER|AWS_ENDPOINT|of A, for/);
    expect(stderr.text).not.toContain('lookups have been disabled');
  });
});

describe('the hand-over', () => {
  test('signs every request with the keys that were proved, although other identities, plugins and ways to AWS are all around', async () => {
    project = fixtureProject({ build: 'touch build-ran', profile: 'other', proxy: 'http://127.0.0.1:1', caBundlePath: 'none.pem' });
    const made = await synthesize(synthesis());
    const built = join(project.directory, 'build-ran');
    execFileSync('rm', [built]);
    // In the person's home, which CDK does not see while it has credentials; and in the one that it sees, which the app can write to.
    const plugin = join(project.directory, 'plugin.js');
    for (const home of ['.', '.takeoff/cdk-home']) writeFileSync(join(project.directory, home, '.cdk.json'), JSON.stringify({ plugin: [plugin], proxy: 'http://127.0.0.1:1' }));
    writeFileSync(plugin, "require('node:fs').writeFileSync('plugin-ran', ''); exports.version = '1'; exports.init = () => {};");
    const ending = await runCdk(handOver({ assembly: { ...made, seal: await sealAssembly(made.directory) } }));
    expect(existsSync(join(project.directory, 'plugin-ran'))).toBe(false);
    expect(() => execFileSync('grep', ['-r', keysA.accessKeyId, join(project.directory, '.takeoff')])).toThrow(expect.objectContaining({ status: 1 }) as Error);
    expect(ending).toEqual({ kind: 'exited', code: 1 });
    expect(aws.requests.map(({ action }) => action)).toContain('AssumeRole');
    for (const { keyId, sessionToken } of aws.requests) expect({ keyId, sessionToken }).toEqual({ keyId: keysA.accessKeyId, sessionToken: keysA.sessionToken });
    expect(existsSync(built)).toBe(false);
    expect(project.appEnvironments()).toHaveLength(1);
  });

  test('of bootstrap runs no app, and bootstraps the account, region and qualifier that were proved', async () => {
    project = fixtureProject({ app: 'touch app-ran', build: 'touch build-ran' });
    await runCdk(handOver({ command: 'bootstrap', qualifier: 'mine' }));
    expect(aws.requests.some(({ action, body }) => action === 'CreateChangeSet' && body.includes('ParameterValue=mine'))).toBe(true);
    expect(new Set(aws.requests.map(({ keyId }) => keyId))).toEqual(new Set([keysA.accessKeyId]));
    expect(readdirSync(project.directory).filter((name) => name.endsWith('-ran'))).toEqual([]);
    expect(stdout.text + stderr.text).toContain('aws://123456789012/us-west-2');
  });

  test('refuses a plugin and an asset command that the project does not allow', async () => {
    project = fixtureProject({ plugin: ['./evil.js'] });
    await expect(runCdk(handOver({ assembly: { directory: project.directory, seal: new Map() }, assetCommands: ['asset executable: make it'] }))).rejects.toMatchObject({
      code: 'USAGE', message: expect.stringMatching(/CDK plugin: \.\/evil\.js\n {2}asset executable: make it/) as string,
    });
  });
});
