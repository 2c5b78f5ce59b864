import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { GetParameterCommand, SSMClient } from '@aws-sdk/client-ssm';
import { identity, refusal, session, startFakeSts, type Answer, type FakeSts } from '../identity/fake-sts';
import type { PseudoTerminal } from '../terminal/pseudo-terminal';
import { mfaCode, startAccounts, type Accounts } from './accounts';
import { answer, asks, closeAll, ended, launchAtTerminal } from './at-terminal';
import { writeApp } from './fixture-app';
import { makeProject, npmRun, program, type Project } from './project';

// A person with long-term keys, in a real terminal, with the real commands: up to the question before CDK, and at last with it.

jest.setTimeout(180_000);

const keys = { AWS_ACCESS_KEY_ID: 'AKIAQYLPMN5HHHFPZAM2', AWS_SECRET_ACCESS_KEY: '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' };
const given = { accessKeyId: 'ASIAQYLPMN5HHSESSION', secretAccessKey: 'the-secret-of-the-session-for-keys', sessionToken: 'the-token-of-the-session-for-keys' };
const serial = 'arn:aws:iam::123456789012:mfa/dev';

let project: Project;
let sts: FakeSts;
let getSessionToken: Answer;
const terminals: PseudoTerminal[] = [];

const question = {
  exchange: /\? Exchange these long-term keys for a session of one hour\? It limits exposure,\s+not permissions\.\n[^]*3\. Never/,
  device: /\? ARN or serial number of your MFA device \(Enter if none\): *$/,
  code: /\? MFA code of arn:aws:iam::123456789012:mfa\/dev: *$/,
  unencrypted: /\? Send them there unencrypted\? \(y\/N\) *$/,
} as const;

beforeAll(() => { project = makeProject(); });
beforeEach(async () => {
  getSessionToken = session(given, new Date(Date.now() + 3_600_000));
  sts = await startFakeSts((request, response) => { (request.action === 'GetSessionToken' ? getSessionToken : identity())(request, response); });
  rmSync(join(project.directory, '.takeoff'), { recursive: true, force: true });
});
afterEach(async () => {
  await closeAll(terminals, [keys.AWS_SECRET_ACCESS_KEY, given.secretAccessKey, given.sessionToken]);
  await sts.close();
});
afterAll(() => project.remove());

const environment = (): Readonly<Record<string, string>> => ({ ...keys, AWS_REGION: 'us-west-2', AWS_ENDPOINT_URL_STS: sts.origin, AWS_ENDPOINT_URL_SSM: 'http://127.0.0.1:9', AWS_ENDPOINT_URL_CLOUDFORMATION: 'http://127.0.0.1:9' });

function start(command: string, more: Readonly<Record<string, string>> = {}): PseudoTerminal {
  const terminal = launchAtTerminal(project, command, { ...environment(), ...more }, { columns: 110 });
  terminals.push(terminal);
  return terminal;
}

const exchanges = (): (string | null)[][] => sts.requests.filter(({ action }) => action === 'GetSessionToken').map(({ accessKeyId, parameters }) => [accessKeyId, parameters.get('SerialNumber'), parameters.get('TokenCode'), parameters.get('DurationSeconds')]);
const signers = (): (string | null)[] => sts.requests.filter(({ action }) => action === 'GetCallerIdentity').map(({ accessKeyId }) => accessKeyId);
const remembered = (): unknown => JSON.parse(readFileSync(join(project.directory, '.takeoff/long-term-keys.json'), 'utf8'));

test('with MFA, a wrong code first: the session is proved and planned with; the next run only asks for a code', async () => {
  getSessionToken = (request, response) => {
    const right = request.parameters.get('TokenCode') === '123456';
    (right ? session(given, new Date(Date.now() + 3_600_000)) : refusal('AccessDenied', 'MultiFactorAuthentication failed with invalid MFA one time pass code.'))(request, response);
  };
  const first = start('bootstrap');
  await answer(first, [question.exchange, '\r'], [question.device, `${serial}\r`], [question.code, '654321\r'], [/AWS refused that code[^]*MFA code of [^:]+:[^\n]*: *$/, '123456\r'], [asks.bootstrap, 'n\r']);
  const { code, screen } = await ended(first);
  expect(code).toBe(7);
  expect(screen).toMatch(/✔ key-kind +a session of one hour in place of the long-term keys, with MFA[^]*a session for environment keys/);
  expect(exchanges()).toEqual([[keys.AWS_ACCESS_KEY_ID, serial, '654321', '3600'], [keys.AWS_ACCESS_KEY_ID, serial, '123456', '3600']]);
  expect(signers()).toEqual([keys.AWS_ACCESS_KEY_ID, given.accessKeyId]);
  expect(remembered()).toEqual({ 'arn:aws:iam::123456789012:user/dev': { choice: 'exchange', mfaSerial: serial } });
  expect((await program(project, 'git', ['status', '--porcelain'])).stdout).toBe('');

  const second = start('bootstrap');
  await answer(second, [question.code, '123456\r'], [asks.bootstrap, 'n\r']);
  expect((await ended(second)).screen).toMatch(/as you chose before\.\n +rm \.takeoff\/long-term-keys\.json/);
});

test('without MFA bootstrap uses the keys themselves, and says so', async () => {
  const terminal = start('bootstrap');
  await answer(terminal, [question.exchange, '\r'], [question.device, '\r'], [asks.bootstrap, 'n\r']);
  expect((await ended(terminal)).screen).toMatch(/No MFA device, so the long-term keys themselves are used for the bootstrap/);
  expect(exchanges()).toEqual([]);
});

test('an STS of another machine, by plain HTTP, is asked nothing before the person has agreed: once in a run, and Enter is no', async () => {
  const elsewhere = sts.origin.replace('127.0.0.1', '0.0.0.0'); // not loopback by its name, though it leads here
  const declined = start('bootstrap', { AWS_ENDPOINT_URL_STS: elsewhere });
  await answer(declined, [question.unencrypted, '\r']);
  const { code, screen } = await ended(declined);
  expect([code, sts.requests]).toEqual([7, []]);
  expect(screen).toContain(`${elsewhere} (AWS_ENDPOINT_URL_STS) is reached by plain HTTP, and by no loopback address`);
  expect(screen).toContain(`Nothing was sent to ${elsewhere} (AWS_ENDPOINT_URL_STS).\nAFTER`);

  const agreed = start('bootstrap', { AWS_ENDPOINT_URL_STS: elsewhere });
  await answer(agreed, [question.unencrypted, 'y\r'], [question.exchange, '\r'], [question.device, `${serial}\r`], [question.code, '123456\r'], [asks.bootstrap, 'n\r']);
  expect((await ended(agreed)).screen).toMatch(/▲ identity +arn:aws:iam::123456789012:user\/dev\. Asked without encryption: [^]*with MFA/);
  expect([exchanges().length, signers()]).toEqual([1, [keys.AWS_ACCESS_KEY_ID, given.accessKeyId]]);
});

test('without MFA a stack that assumes no role is deployed with the keys themselves, and that is said', async () => {
  const assembly = join(project.directory, 'roleless');
  mkdirSync(assembly);
  writeFileSync(join(assembly, 'manifest.json'), JSON.stringify({ version: '48.0.0', artifacts: { Plain: { type: 'aws:cloudformation:stack', environment: 'aws://unknown-account/unknown-region', properties: { templateFile: 'Plain.template.json' } } } }));
  writeFileSync(join(assembly, 'Plain.template.json'), '{"Resources":{"T":{"Type":"AWS::SNS::Topic"}}}');
  const terminal = start('deploy -- --assembly roleless', { AWS_ENDPOINT_URL_SSM: await bootstrapped() });
  await answer(terminal, [question.exchange, '\r'], [question.device, '\r'], [asks.deploy, 'n\r']);
  const { screen } = await ended(terminal);
  expect(screen).toMatch(/without MFA: it may not call IAM[^]*The long-term keys themselves are used for Plain, which assumes no role[^]*environment keys/);
  expect(exchanges()).toEqual([[keys.AWS_ACCESS_KEY_ID, null, null, '3600']]);
});

test('never is remembered, and nothing is asked but the one question', async () => {
  const first = start('bootstrap');
  await answer(first, [question.exchange, '3'], [question.exchange, '\r'], [asks.bootstrap, 'n\r']);
  await ended(first);
  const second = start('bootstrap');
  await answer(second, [asks.bootstrap, 'n\r']);
  expect((await ended(second)).screen).not.toContain('Exchange these');
  expect(exchanges()).toEqual([]);
});

test('not this time is asked again, with that as the default', async () => {
  const first = start('bootstrap');
  await answer(first, [question.exchange, '2'], [question.exchange, '\r'], [asks.bootstrap, 'n\r']);
  await ended(first);
  const second = start('bootstrap');
  await answer(second, [question.exchange, '\r'], [asks.bootstrap, 'n\r']);
  expect((await ended(second)).screen).toMatch(/Exchange these[^]*Not this time/);
  expect(exchanges()).toEqual([]);
});

test('where AWS forbids it the keys serve, with a warning', async () => {
  getSessionToken = refusal('AccessDenied', 'User: arn:aws:iam::123456789012:user/dev is not authorized to perform: sts:GetSessionToken with an explicit deny in a service control policy');
  const terminal = start('bootstrap');
  await answer(terminal, [question.exchange, '\r'], [question.device, `${serial}\r`], [question.code, '123456\r'], [asks.bootstrap, 'n\r']);
  expect((await ended(terminal)).screen).toMatch(/sts:GetSessionToken is denied\), so the long-term keys themselves are\s+used/);
  expect(remembered()).toEqual({ 'arn:aws:iam::123456789012:user/dev': { choice: 'keys' } });
});

test('Ctrl-C at the question ends it calmly, and nothing is remembered', async () => {
  const terminal = start('bootstrap');
  await answer(terminal, [question.exchange, '\u0003']);
  expect((await ended(terminal)).code).toBe(130);
  expect(existsSync(join(project.directory, '.takeoff/long-term-keys.json'))).toBe(false);
});

test('an emulator\'s keys are its own affair', async () => {
  const terminal = start('bootstrap', { AWS_ENDPOINT_URL: sts.origin });
  await answer(terminal, [asks.bootstrap, 'n\r']);
  expect((await ended(terminal)).screen).not.toContain('Exchange these');
});

test('without a terminal nothing is exchanged, whatever was chosen before', async () => {
  mkdirSync(join(project.directory, '.takeoff'));
  writeFileSync(join(project.directory, '.takeoff/long-term-keys.json'), JSON.stringify({ 'arn:aws:iam::123456789012:user/dev': { choice: 'exchange', mfaSerial: serial } }));
  const { code } = await npmRun(project, 'bootstrap', [], environment());
  expect([code, exchanges()]).toEqual([7, []]);
});

/** It deploys what it is told, with the roles of the bootstrap. */
const app = `
import { App, CfnParameter, Stack } from 'aws-cdk-lib/core';
import { CfnParameter as SsmParameter } from 'aws-cdk-lib/aws-ssm';

const stack = new Stack(new App(), 'Exchanged');
const value = new CfnParameter(stack, 'Value', { default: 'none' });
new SsmParameter(stack, 'Parameter', { name: '/fixture/exchanged', type: 'String', value: value.valueAsString });
`;

/** What is asked with long-term keys before they are exchanged, and by us alone. */
const beforeCdk: ReadonlySet<string> = new Set(['sts GetCallerIdentity', 'sts GetSessionToken', 'iam ListAccountAliases', 'iam ListAccessKeys', 'iam ListMFADevices', 'ssm GetParameter']);

describe('CDK', () => {
  const account = '123456789012';
  let accounts: Accounts;
  beforeAll(async () => {
    accounts = await startAccounts(account);
    writeApp(project, app);
  });
  afterAll(() => accounts.close());

  /** The long-term keys of a user whom the AWS of these tests knows, and each of its services by name: one for all would be an emulator's. */
  function ofUser(): { readonly keys: Readonly<Record<string, string>>; readonly endpoints: Readonly<Record<string, string>> } {
    const { accessKeyId, secretAccessKey } = accounts.users[account] ?? { accessKeyId: '', secretAccessKey: '' };
    const endpoints = Object.fromEntries(['STS', 'CLOUDFORMATION', 'SSM', 'S3', 'IAM', 'ECR'].map((service) => [`AWS_ENDPOINT_URL_${service}`, accounts.origin]));
    return { keys: { AWS_ACCESS_KEY_ID: accessKeyId, AWS_SECRET_ACCESS_KEY: secretAccessKey }, endpoints: { ...endpoints, CDK_VALIDATION: 'false' } };
  }

  /** What was asked after `from` with the user's own keys, and what with anything that was got for them. */
  function signed(from: number): { readonly byKeys: string[]; readonly bySession: string[] } {
    const own = accounts.users[account]?.accessKeyId;
    const calls = (byKeys: boolean): string[] => accounts.requests.slice(from).filter(({ accessKeyId }) => (accessKeyId === own) === byKeys).map(({ call }) => call);
    return { byKeys: calls(true), bySession: calls(false) };
  }

  async function value(): Promise<string | undefined> {
    const { accessKeyId, secretAccessKey } = accounts.users[account] ?? { accessKeyId: '', secretAccessKey: '' };
    const client = new SSMClient({ endpoint: accounts.origin, region: 'us-west-2', credentials: { accessKeyId, secretAccessKey } });
    const { Parameter } = await client.send(new GetParameterCommand({ Name: '/fixture/exchanged' }));
    client.destroy();
    return Parameter?.Value;
  }

  test('bootstraps and deploys with the session alone, for which the second command asks but for a code', async () => {
    const { keys: own, endpoints } = ofUser();
    const first = start('bootstrap', { ...own, ...endpoints });
    await answer(first, [question.exchange, '\r'], [question.device, `${serial}\r`], [question.code, `${mfaCode}\r`], [asks.bootstrap, 'y\r']);
    expect(await ended(first)).toMatchObject({ code: 0, screen: expect.stringContaining('bootstrapped') as string });
    expect(signed(0).byKeys.filter((call) => !beforeCdk.has(call))).toEqual([]);
    const from = accounts.requests.length;
    const second = start('deploy -- --parameters Value=session', { ...own, ...endpoints });
    await answer(second, [question.code, `${mfaCode}\r`], [asks.deploy, 'y\r']);
    const { code, screen } = await ended(second);
    expect(code).toBe(0);
    expect(screen).toMatch(/Plan: deploy\n +source +a session for environment keys\n[^]*✔ Deployed to account 123456789012 in us-west-2/);
    expect(signed(from).byKeys.filter((call) => !beforeCdk.has(call))).toEqual([]);
    expect(signed(from).bySession).toEqual(expect.arrayContaining(['sts AssumeRole', 's3 PUT', 'cloudformation CreateChangeSet', 'cloudformation ExecuteChangeSet']));
    expect(await value()).toBe('session');
  });

  test('deploys with the keys of a profile where the person keeps them', async () => {
    const { keys: own, endpoints } = ofUser();
    mkdirSync(join(project.home, '.aws'));
    writeFileSync(join(project.home, '.aws/credentials'), ['[work]', ...Object.entries(own).map(([name, text]) => `${name.toLowerCase()} = ${text}`), ''].join('\n'), { mode: 0o600 });
    const terminal = start('deploy -- --profile work --assembly cdk.out --parameters Value=kept', endpoints);
    const from = accounts.requests.length;
    await answer(terminal, [question.exchange, '2'], [question.exchange, '\r'], [asks.deploy, 'y\r']);
    const { code, screen } = await ended(terminal);
    expect([code, await value()]).toEqual([0, 'kept']);
    expect(screen).toMatch(/▲ key-kind +long-term keys; temporary ones are preferred\n[^]*Plan: deploy\n +source +profile work\n[^]*✔ Deployed/);
    expect(signed(from).byKeys).toContain('sts AssumeRole');
    expect(signed(from).byKeys).not.toContain('sts GetSessionToken');
  });

  test('deploys with the keys of the environment where nobody is asked, and the report warns', async () => {
    const { keys: own, endpoints } = ofUser();
    const { stdout, code } = await npmRun(project, 'deploy', ['--yes', '--json', '--assembly', 'cdk.out', '--parameters', 'Value=plain'], { ...environment(), ...own, ...endpoints });
    expect([code, await value()]).toEqual([0, 'plain']);
    expect(JSON.parse(stdout)).toMatchObject({ ok: true, credentials: { source: 'environment', kind: 'long-term' }, checks: expect.arrayContaining([expect.objectContaining({ id: 'key-kind', status: 'warn' })]) as unknown });
  });
});

/** An SSM that says that the account is bootstrapped. It ends with the test's STS: that is what it is. */
async function bootstrapped(): Promise<string> {
  await sts.close();
  sts = await startFakeSts((request, response) => {
    if (request.action === null) response.writeHead(200, { 'content-type': 'application/x-amz-json-1.1' }).end(JSON.stringify({ Parameter: { Value: '30' } }));
    else (request.action === 'GetSessionToken' ? getSessionToken : identity())(request, response);
  });
  return sts.origin;
}
