import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { startBootstrapped } from './bootstrapped';
import type { Emulator } from './emulator';
import { changeCdkJson, writeApp } from './fixture-app';
import { onLinux, processesIn, type Process } from './processes';
import { launch, makeProject, type Project, type Ran } from './project';

// One deploy in a shell with keys A, where other keys lie everywhere, of an app that looks for all of them.

jest.setTimeout(180_000);

const others = {
  default: { id: 'AKIAOTHEROTHEROTHER2', secret: 'd'.repeat(40) },
  work: { id: 'AKIAWORKWORKWORKWOR3', secret: 'w'.repeat(40) },
};

/** Tells all that a process can know of itself and of the one that started it. */
const hostileApp = `
import { readdirSync, readFileSync, readlinkSync, writeFileSync } from 'node:fs';
import { App, Stack } from 'aws-cdk-lib/core';
import { CfnParameter as SsmParameter } from 'aws-cdk-lib/aws-ssm';

const attempt = (read) => { try { return read(); } catch (error) { return String(error); } };
const parentOf = (pid) => attempt(() => /\\) \\S (\\d+)/.exec(readFileSync('/proc/' + pid + '/stat', 'utf8'))[1]);
const isCdk = (pid) => attempt(() => readFileSync('/proc/' + pid + '/cmdline', 'utf8')).includes('aws-cdk');
let cdk = parentOf(process.pid);
while (!isCdk(cdk) && Number(cdk) > 1) cdk = parentOf(cdk);
writeFileSync('seen.json', JSON.stringify({
  variables: process.env,
  arguments: process.argv,
  environ: attempt(() => readFileSync('/proc/self/environ', 'utf8')),
  cdkEnviron: attempt(() => readFileSync('/proc/' + cdk + '/environ', 'utf8')),
  cdkArguments: attempt(() => readFileSync('/proc/' + cdk + '/cmdline', 'utf8')),
  tcp: attempt(() => readFileSync('/proc/self/net/tcp', 'utf8') + readFileSync('/proc/self/net/tcp6', 'utf8')),
  descriptors: attempt(() => readdirSync('/proc/self/fd').map((fd) => [Number(fd), attempt(() => readlinkSync('/proc/self/fd/' + fd))])),
}));
const app = new App();
new SsmParameter(new Stack(app, 'Hostile'), 'Value', { name: '/fixture/hostile', type: 'String', value: 'x' });
`;

interface Seen {
  readonly variables: Readonly<Record<string, string>>;
  readonly environ: string;
  readonly cdkEnviron: string;
  readonly cdkArguments: string;
  /** The connections of the machine, with their inodes. */
  readonly tcp: string;
  readonly descriptors: readonly (readonly [number, string])[];
}

let project: Project;
let emulator: Emulator;
let ran: Ran;
let besideCredentials: Process[] = [];
let shell: Readonly<Record<string, string>>;

beforeAll(async () => {
  project = makeProject();
  emulator = await startBootstrapped();
  mkdirSync(join(project.home, '.aws'));
  writeFileSync(join(project.home, '.aws/credentials'), Object.entries(others).map(([name, { id, secret }]) => `[${name}]\naws_access_key_id = ${id}\naws_secret_access_key = ${secret}\n`).join('\n'), { mode: 0o600 });
  writeFileSync(join(project.home, '.aws/config'), '[default]\nregion = eu-west-1\n[profile work]\nregion = eu-west-2\n');
  changeCdkJson(project, { profile: 'work', context: { takeoff: { appVariables: ['STAGE', 'MY_API_TOKEN'] } } });
  writeApp(project, hostileApp);
  shell = { ...emulator.environment, AWS_PROFILE: 'work', AWS_DEFAULT_PROFILE: 'default', ACTIONS_ID_TOKEN_REQUEST_TOKEN: 'a-token-that-mints-identities', MY_API_TOKEN: 'somebody-elses-token-of-mine', STAGE: 'blue' };
  if (process.platform === 'linux') emulator.when(/cloudformation CreateChangeSet/, () => { besideCredentials = processesIn(project.directory); });
  ran = await launch(project, 'deploy', ['--yes'], shell);
});

afterAll(async () => {
  await emulator.close();
  project.remove();
});

test('the deploy works with the keys of the shell, and names those that it did not take', () => {
  expect(ran).toMatchObject({ code: 0 });
  expect(ran.stdout).toMatch(/environment keys: ASIA…\w{4}; ignored: .*work.*default/);
});

test('every request is signed with them, or with a session that was assumed with them', () => {
  const known = new Set([emulator.accessKeyId]);
  const strangers = emulator.requests.filter(({ accessKeyId, issued }) => {
    if (issued !== null) known.add(issued);
    return accessKeyId === null || !known.has(accessKeyId);
  });
  expect(strangers).toEqual([]);
  expect(known.size).toBeGreaterThan(1);
});

test('the app finds no credential, endpoint or token in its environment, its descriptors, or the CDK that runs it', () => {
  const text = readFileSync(join(project.directory, 'seen.json'), 'utf8');
  const seen = JSON.parse(text) as Seen;
  for (const secret of secrets()) expect(text).not.toContain(secret);
  expect(text).not.toContain(new URL(emulator.origin).host);
  expect(text).not.toContain('AWS_CONTAINER_');
  expect(Object.keys(seen.variables).filter((name) => name.startsWith('AWS_')).toSorted()).toEqual(['AWS_CONFIG_FILE', 'AWS_EC2_METADATA_DISABLED', 'AWS_REGION', 'AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED', 'AWS_SHARED_CREDENTIALS_FILE']);
  expect(seen.variables).toMatchObject({ STAGE: 'blue', CDK_DEFAULT_ACCOUNT: '000000000000', CDK_DEFAULT_REGION: 'us-west-2', AWS_CONFIG_FILE: '/dev/null', AWS_SHARED_CREDENTIALS_FILE: '/dev/null' });
});

/** Streams, events and files that Node and the loader of TypeScript open for themselves. */
function isOfNode(target: string): boolean {
  return /^(?:anon_inode:|pipe:|\/dev\/null$|\/proc\/)|\/tsx-\d+\//.test(target) || target.startsWith('Error: ENOENT');
}

onLinux('as /proc shows it', () => {
  test('the app has no connection and no file that was left open for it', () => {
    const seen = JSON.parse(readFileSync(join(project.directory, 'seen.json'), 'utf8')) as Seen;
    expect(seen.cdkArguments).toContain('synth');
    expect(seen.cdkEnviron).toContain('STAGE=blue');
    const connections = new Set(seen.tcp.split('\n').map((line) => line.trim().split(/\s+/)[9] ?? ''));
    const more = seen.descriptors.filter(([fd, target]) => {
      const socket = /^socket:\[(\d+)\]$/.exec(target)?.[1];
      return socket === undefined ? fd > 2 && !isOfNode(target) : connections.has(socket);
    });
    expect(more).toEqual([]);
  });

  test('the CDK that deploys was started with no key, and with nothing that leads to the endpoint', () => {
    const cdk = besideCredentials.filter(({ command }) => command.includes('aws-cdk'));
    expect(cdk.length).toBeGreaterThan(0);
    for (const { environment, command } of cdk) {
      const text = environment.join('\n');
      for (const secret of [...secrets(), emulator.accessKeyId]) expect(`${text}\n${command}`).not.toContain(secret);
      expect(`${text}\n${command}`).not.toContain('AWS_CONTAINER_');
      expect(text).toContain('AWS_CONFIG_FILE=/dev/null');
    }
  });
});

test('nothing printed holds a secret', () => {
  for (const secret of secrets()) expect(ran.output).not.toContain(secret);
});

/** All that nobody may see. */
function secrets(): string[] {
  return [emulator.secretAccessKey, shell['AWS_SESSION_TOKEN'] ?? '', ...Object.values(others).flatMap(({ id, secret }) => [id, secret]), 'a-token-that-mints-identities', 'somebody-elses-token-of-mine'];
}
