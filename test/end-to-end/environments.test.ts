import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { AssumeRoleCommand, STSClient } from '@aws-sdk/client-sts';
import { identity, session as sessionOf, startFakeSts } from '../identity/fake-sts';
import type { PseudoTerminal } from '../terminal/pseudo-terminal';
import { answer, closeAll, ended, launchAtTerminal } from './at-terminal';
import { parameterOf } from './deployed';
import { startBootstrapped } from './bootstrapped';
import type { Emulator } from './emulator';
import { appRuns, changeCdkJson, writeApp } from './fixture-app';
import { launch, makeProject, type Project } from './project';

// Several accounts: --env, the list, and consent by typing a name, with the real commands against an emulator whose one account is 000000000000.

jest.setTimeout(180_000);

/** It says where it was synthesized for; and has a role that may do nothing but act as the bootstrap's roles, as one for CI should. */
const app = `
import { App, Stack } from 'aws-cdk-lib/core';
import { CfnRole } from 'aws-cdk-lib/aws-iam';
import { CfnParameter as SsmParameter } from 'aws-cdk-lib/aws-ssm';

const app = new App();
const stack = new Stack(app, 'Placed', { env: { account: process.env.CDK_DEFAULT_ACCOUNT, region: process.env.CDK_DEFAULT_REGION } });
new SsmParameter(stack, 'Where', { name: '/fixture/where', type: 'String', value: stack.account + ' ' + stack.region });
const statement = (rest: object) => ({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: 'sts:AssumeRole', ...rest }] });
const elsewhere = app.node.tryGetContext('elsewhere');
if (elsewhere !== undefined) new SsmParameter(new Stack(app, 'Elsewhere', { env: { account: app.node.tryGetContext('account') ?? stack.account, region: elsewhere } }), 'There', { type: 'String', value: elsewhere });
new CfnRole(stack, 'Narrow', {
  roleName: 'narrow',
  assumeRolePolicyDocument: statement({ Principal: { AWS: '000000000000' } }),
  policies: [{ policyName: 'deploys', policyDocument: statement({ Resource: 'arn:aws:iam::000000000000:role/cdk-hnb659fds-*' }) }],
});
`;

const environments = {
  dev: { account: '111111111111', region: 'eu-west-1', profile: 'dev' },
  prod: { account: '000000000000', region: 'us-west-2', profile: 'work', confirm: 'type-name' },
  other: { account: '222222222222' },
};

let project: Project;
let emulator: Emulator;
const terminals: PseudoTerminal[] = [];
const quick = { CDK_VALIDATION: 'false' };

interface Report {
  readonly environment: string | null;
  readonly error: { readonly message: string; readonly fix: string } | null;
}

beforeAll(async () => {
  project = makeProject();
  emulator = await startBootstrapped();
  writeApp(project, app);
  changeCdkJson(project, { context: { takeoff: { environments } } });
  const { accessKeyId, secretAccessKey, environment: { AWS_SESSION_TOKEN: token } } = emulator;
  mkdirSync(join(project.home, '.aws'));
  writeFileSync(join(project.home, '.aws/credentials'), `[work]\naws_access_key_id = ${accessKeyId}\naws_secret_access_key = ${secretAccessKey}\naws_session_token = ${token}\n[dev]\naws_access_key_id = ASIAY34FZKBOKMUTVV7A\naws_secret_access_key = ${'0'.repeat(40)}\naws_session_token = a-token-of-some-length\n`, { mode: 0o600 });
  writeFileSync(join(project.home, '.aws/config'), `[profile work]\nendpoint_url = ${emulator.origin}\nregion = eu-central-1\n`);
});

afterEach(() => closeAll(terminals, [emulator.secretAccessKey, emulator.environment['AWS_SESSION_TOKEN'] ?? '']));

afterAll(async () => {
  await emulator.close();
  project.remove();
});

function start(command: string): PseudoTerminal {
  const terminal = launchAtTerminal(project, command, quick, { columns: 100 });
  terminals.push(terminal);
  return terminal;
}

const list = /\? Which environment\?\n[^]*3\. other/;
const typeName = /\? (?:Deploy to|Bootstrap) account 000000000000 in us-west-2[^?]*\? Type prod to go on: *$/;

describe('credentials of another account', () => {
  test('stop before synthesis: both accounts, the environment, and how to switch', async () => {
    const sts = await startFakeSts(identity('123456789012', 'arn:aws:sts::123456789012:assumed-role/r/s'));
    try {
      const keys = { AWS_ACCESS_KEY_ID: 'test', AWS_SECRET_ACCESS_KEY: 'test', AWS_ENDPOINT_URL: sts.origin };
      const ran = await launch(project, 'deploy', ['--env', 'other', '--region', 'us-west-2', '--yes'], keys);
      expect(ran.code).toBe(5);
      expect(ran.stdout).toContain('****; its secret, under 16 characters, is neither searched for nor redacted');
      expect(ran.stdout).toContain('The credentials are of account 123456789012, and the environment other is account 222222222222.');
      expect(ran.output).toContain('"profile" of environments.other in cdk.json');
      expect(ran.stderr).toContain('WRONG_ACCOUNT');
      expect(appRuns(project)).toBe(0);
      const call = await launch(project, 'call', ['GET', '/notes', '--env', 'other', '--region', 'us-west-2'], keys);
      expect(call).toMatchObject({ code: 5, stdout: '', stderr: expect.stringContaining('WRONG_ACCOUNT') as string });
    } finally {
      await sts.close();
    }
  });

  test('show in the key id of the environment\'s profile, before any call', async () => {
    const ran = await launch(project, 'deploy', ['--env', 'dev', '--yes', '--json']);
    const report = JSON.parse(ran.stdout) as Report;
    expect(report).toMatchObject({ exitCode: 5, environment: 'dev', identity: null, region: { value: 'eu-west-1', source: '--env dev' }, error: { code: 'WRONG_ACCOUNT' } });
    expect(report.error?.message).toMatch(/609629065308.*the environment dev is account 111111111111/);
    expect(report.error?.fix).toContain('Profile dev leads to another account');
    expect(appRuns(project)).toBe(0);
  });
});

test('several, and nobody to ask: a usage error that lists them, also for synth', async () => {
  const ran = await launch(project, 'synth', ['--quiet']);
  expect(ran).toMatchObject({ code: 2, stderr: expect.stringMatching(/USAGE cdk\.json has several environments[^]*npm run synth -- --env dev [^]*--env prod [^]*--env other /) as string });
  expect(appRuns(project)).toBe(0);
});

test('synth gives the app the account and the region of the environment, and needs no credentials', async () => {
  const ran = await launch(project, 'synth', ['--env', 'dev', '--quiet'], { ...quick, AWS_REGION: 'ap-south-1' });
  expect(ran).toMatchObject({ code: 0 });
  expect(readFileSync(join(project.directory, 'cdk.out/Placed.template.json'), 'utf8')).toContain('111111111111 eu-west-1');
});

test('a name that is to be typed is no matter of --yes alone: not where it goes by a profile, nor elsewhere', async () => {
  const ran = await launch(project, 'bootstrap', ['--profile', 'work', '--region', 'us-west-2', '--yes'], quick);
  expect(ran).toMatchObject({ code: 7, stderr: expect.stringContaining('npm run bootstrap -- --env prod --region us-west-2 --yes') as string });
  expect(ran.stdout).toMatch(/Plan: bootstrap\n +env +prod\n/);
});

test('at a terminal the environments are listed, the plan names the one that is picked, and anything but its name is no', async () => {
  const before = emulator.log.length;
  const terminal = start('bootstrap');
  const screen = await terminal.waitFor(list);
  for (const line of ['1. dev: account 111111111111, eu-west-1, profile dev', '2. prod: account 000000000000, us-west-2, profile work', '3. other: account 222222222222']) expect(screen).toContain(line);
  terminal.type('2\r');
  await answer(terminal, [typeName, 'yes\r']);
  const ending = await ended(terminal);
  expect(ending.code).toBe(7);
  expect(ending.screen).toMatch(/Plan: bootstrap\n +env +prod\n +source +profile work\n[^]* +region +us-west-2 \(--env prod\)\n/);
  expect(ending.screen).toMatch(/That is not the name of the environment\. Nothing was changed\.\nAFTER/);
  expect(emulator.log.slice(before).filter((line) => /cloudformation/.test(line))).toEqual([]);
});

test('--yes without --env still has the name typed; then it deploys, and a bootstrap that another region of the app lacks is offered for exactly that one', async () => {
  const terminal = start('deploy -- --all --yes -c elsewhere=eu-central-1');
  await answer(terminal, [list, '2\r'], [/\? Bootstrap account 000000000000 in eu-central-1 for CDK now\?[^]*Type prod to go\s+on: *$/, 'prod\r'], [typeName, 'prod\r']);
  const { code, screen } = await ended(terminal);
  expect(code).toBe(0);
  expect(screen).toContain('✔ Deployed to account 000000000000 in us-west-2');
  expect(screen).toContain('npm run bootstrap -- --env prod aws://000000000000/eu-central-1');
  expect(screen).toContain('✔ bootstrap      bootstrapped account 000000000000 in eu-central-1');
  expect(await parameterOf(emulator, '/fixture/where')).toBe('000000000000 us-west-2');
});

test('a stack of another account passes where its deploy role may be assumed, and its bootstrap is read through its roles', async () => {
  const { accessKeyId, secretAccessKey, environment, origin } = emulator;
  const sts = await startFakeSts((request, response) => {
    const mine = { accessKeyId, secretAccessKey, sessionToken: environment['AWS_SESSION_TOKEN'] ?? '' };
    (request.action === 'AssumeRole' ? sessionOf(mine, new Date(Date.now() + 900_000)) : identity('000000000000', 'arn:aws:sts::000000000000:assumed-role/r/s'))(request, response);
  });
  try {
    const ran = await launch(project, 'preflight', ['--json', '--synth', '--profile', 'work', '--region', 'us-west-2', '-c', 'elsewhere=us-west-2', '-c', 'account=111122223333'], { ...quick, AWS_ENDPOINT_URL: origin, AWS_ENDPOINT_URL_STS: sts.origin });
    expect(JSON.parse(ran.stdout)).toMatchObject({ ok: true });
    const roles = sts.requests.flatMap(({ parameters }) => parameters.get('RoleArn') ?? []);
    expect(roles).toEqual(['deploy', 'lookup'].map((role) => `arn:aws:iam::111122223333:role/cdk-hnb659fds-${role}-role-111122223333-us-west-2`));
  } finally {
    await sts.close();
  }
});

test('a role that may only act as the bootstrap\'s roles passes the check of the bootstrap without a warning, and deploys: --env and --yes together are consent', async () => {
  const { accessKeyId, secretAccessKey, environment, origin } = emulator;
  const sts = new STSClient({ endpoint: origin, region: 'us-west-2', credentials: { accessKeyId, secretAccessKey, sessionToken: environment['AWS_SESSION_TOKEN'] ?? '' } });
  const { Credentials: session } = await sts.send(new AssumeRoleCommand({ RoleArn: 'arn:aws:iam::000000000000:role/narrow', RoleSessionName: 'ci' }));
  sts.destroy();
  const narrow = { ...quick, AWS_ENDPOINT_URL: origin, AWS_ACCESS_KEY_ID: session?.AccessKeyId ?? '', AWS_SECRET_ACCESS_KEY: session?.SecretAccessKey ?? '', AWS_SESSION_TOKEN: session?.SessionToken ?? '', CI: 'true' };
  changeCdkJson(project, { context: { takeoff: { environments: { ...environments, prod: { ...environments.prod, profile: undefined } } } } });
  const ran = await launch(project, 'deploy', ['--env', 'prod', '--yes', '--json'], narrow);
  const report = JSON.parse(ran.stdout) as Report & { readonly checks: readonly { readonly id: string; readonly status: string; readonly message: string }[] };
  expect(report).toMatchObject({ ok: true, environment: 'prod', identity: { arn: expect.stringContaining('assumed-role/narrow/ci') as string } });
  expect(report.checks).toContainEqual(expect.objectContaining({ id: 'account', message: '000000000000, as the environment prod has it' }));
  expect(report.checks).toContainEqual(expect.objectContaining({ id: 'bootstrap', status: 'pass', message: expect.stringMatching(/^version \d+ in us-west-2$/) as string }));
  expect(report.checks.filter(({ status }) => status === 'warn')).toEqual([]);
});
