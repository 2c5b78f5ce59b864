import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { bootstrapLocal } from './bootstrapped';
import { assemble, changeCdkJson, compiledApp } from './fixture-app';
import { launch, makeProject, startNpm, type Project, type Ran, type Running } from './project';

// An app that is not the sample, deployed by the unmodified CDK CLI to a local AWS that goes on serving meanwhile.

jest.setTimeout(120_000);

let project: Project;
let served: Running;
beforeAll(async () => {
  project = makeProject();
  cpSync(join(__dirname, 'second-app'), join(project.directory, 'shop'), { recursive: true });
  writeFileSync(join(project.directory, 'shop/app.js'), compiledApp(readFileSync(join(__dirname, 'second-app/app.ts'), 'utf8')));
  // The validation of CDK's own rules takes seconds each time, and is tested elsewhere.
  changeCdkJson(project, { app: 'CDK_VALIDATION=false node shop/app.js' });
  await bootstrapLocal(project);
  served = startNpm(project, 'local');
  await served.saw(/Ctrl-C/);
});
afterAll(async () => {
  served.signal('SIGINT');
  await served.ended;
  project.remove();
});

interface Orders {
  readonly version: string;
  readonly greeting: string;
  readonly orders: number;
  readonly carts: number;
}

let url = '';

async function call(method = 'GET'): Promise<Orders> {
  const response = await fetch(`${url}/orders`, { method });
  if (response.status !== 200) throw new Error(`${response.status} ${await response.text()}`);
  return (await response.json()) as Orders;
}

/** Deploys what the app makes with this context; that CDK synthesizes it first is tested once, below. */
async function deploy(context: Readonly<Record<string, string>>, ...args: readonly string[]): Promise<Ran> {
  return launch(project, 'deploy', ['--local', '--all', ...await assemble(project, 'made', context), ...args]);
}

/** As it was made last. */
const made = ['--assembly', 'made'];

function write(version: string): void {
  writeFileSync(join(project.directory, 'shop/orders/version.json'), JSON.stringify(version));
}

/** Runs a command, and calls the API again and again until it ends. */
async function callingDuring(run: Promise<Ran>): Promise<{ readonly ran: Ran; readonly answers: readonly Orders[] }> {
  const answers: Orders[] = [];
  for (;;) {
    answers.push(await call());
    const ran = await Promise.race([run, setTimeout(50, null)]);
    if (ran !== null) return { ran, answers };
  }
}

const versions = (answers: readonly Orders[]): string[] => [...new Set(answers.map(({ version }) => version))];

test('rolls back a failed creation, and creates the stack when what was wrong is gone, with what the other exports', async () => {
  const failed = await launch(project, 'deploy', ['--local', '--all', '-c', 'fail=[0-9]+']);
  expect(failed.code).toBe(1);
  expect(failed.output).toContain('ROLLBACK_COMPLETE');
  const ran = await deploy({});
  expect(ran).toMatchObject({ code: 0 });
  url = /http:\/\/127\.0\.0\.1:\d+\/_api\/\w+/.exec(ran.output)?.[0] ?? '';
  expect(await call('POST')).toEqual({ version: 'one', greeting: 'Hi', orders: 1, carts: 1 });
  expect(failed.output + ran.output).not.toMatch(/AWS::Logs::LogGroup\s*\| Audit/);
});

test('obeys a parameter on which conditions stand, and leaves a weak reference as it is', async () => {
  const ran = await deploy({}, '--parameters', 'ShopData:Kind=large');
  expect(ran).toMatchObject({ code: 0 });
  await served.saw(/ShopData CREATE_COMPLETE AWS::Logs::LogGroup Audit/);
  // Its template has not changed, so that CDK does not deploy the second stack again.
  expect(await call()).toMatchObject({ greeting: 'Hi' });
  expect(await deploy({}, '--force')).toMatchObject({ code: 0 });
  expect(await call()).toMatchObject({ greeting: 'Good day' });
});

test('shows in a diff what an update would replace', async () => {
  const ran = await launch(project, 'diff', ['--local', ...await assemble(project, 'cart', { cartsKey: 'cart' }), 'ShopApi']);
  expect(ran).toMatchObject({ code: 0 });
  expect(ran.output).toMatch(/\[~\] AWS::DynamoDB::Table Carts \S+ (replace|\(?requires replacement)/);
  expect(ran.output).toMatch(/KeySchema \(requires replacement\)/);
});

test('updates in place and by replacement, and answers all the while', async () => {
  write('two');
  const { ran, answers } = await callingDuring(deploy({ cartsKey: 'cart' }));
  expect(ran).toMatchObject({ code: 0 });
  expect(answers.length).toBeGreaterThan(20);
  expect(versions(answers)).toEqual(['one', 'two']);
  expect(await call()).toEqual({ version: 'two', greeting: 'Good day', orders: 1, carts: 0 });
});

test('puts back a failed update, in place and by replacement, with what served before', async () => {
  await call('POST');
  const before = await call();
  write('three');
  const { ran, answers } = await callingDuring(deploy({ cartsKey: 'other', fail: '[0-9]+' }));
  expect(ran.code).toBe(1);
  expect(ran.output).toContain('allowedPattern');
  await served.saw(/ShopApi UPDATE_ROLLBACK_COMPLETE /);
  expect(versions(answers).filter((version) => version !== 'two' && version !== 'three')).toEqual([]);
  expect(await call()).toEqual(before);
});

test('leaves a failed update as it is where that is asked for, and goes on from there', async () => {
  const before = await call();
  const failed = await deploy({ cartsKey: 'cart', fail: '[0-9]+' }, '--no-rollback');
  expect(failed.code).toBe(1);
  expect(failed.output).toContain('UPDATE_FAILED');
  expect(await call()).toEqual({ ...before, version: 'three' });
  // What goes on from there needs no rollback.
  expect(await deploy({ cartsKey: 'cart' }, '--no-rollback')).toMatchObject({ code: 0 });
  expect(await call()).toEqual({ ...before, version: 'three' });
});

test('hotswaps the code', async () => {
  write('four');
  const { ran, answers } = await callingDuring(deploy({ cartsKey: 'cart' }, '--hotswap'));
  expect(ran).toMatchObject({ code: 0 });
  expect(ran.output).toMatch(/hotswap/i);
  expect(versions(answers)).toEqual(['three', 'four']);
});

test('updates without a change set, and says of the stack that is as it was that nothing changed', async () => {
  write('five');
  const ran = await deploy({ cartsKey: 'cart' }, '--method=direct', '--force');
  expect(ran).toMatchObject({ code: 0 });
  expect(ran.output).toContain('ShopData (no changes)');
  await served.saw(/cloudformation UpdateStack 400/);
  expect(await call()).toMatchObject({ version: 'five', greeting: 'Good day', orders: 2, carts: 1 });
});

test('does not delete what another stack imports', async () => {
  const ran = await launch(project, 'destroy', ['--local', '--exclusively', ...made, 'ShopData']);
  expect(ran.code).toBe(1);
  expect(ran.output).toContain('in use by ShopApi');
  expect(await call()).toMatchObject({ version: 'five', orders: 2 });
});

test('is destroyed, and nothing answers any more', async () => {
  expect(await launch(project, 'destroy', ['--local', '--all', ...made])).toMatchObject({ code: 0 });
  expect((await fetch(`${url}/orders`)).status).toBe(404);
});
