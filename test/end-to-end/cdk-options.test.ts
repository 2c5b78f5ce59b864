import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { startBootstrapped } from './bootstrapped';
import { deployed, namesOf, parameterOf } from './deployed';
import type { Emulator } from './emulator';
import { appRuns, assemble, changeCdkJson, twoStacks, writeApp } from './fixture-app';
import { launch, makeProject, type Project, type Ran } from './project';

// CDK's own options, through our commands, on an emulator that they know by its address and keys alone.

jest.setTimeout(180_000);

let project: Project;
let emulator: Emulator;
let first: Ran;

/** Runs a command with `--yes`, and gives what the emulator did for it as well. */
async function run(command: string, ...args: readonly string[]): Promise<Ran & { readonly did: string }> {
  const before = emulator.log.length;
  const ran = await launch(project, command, args, emulator.environment);
  return { ...ran, did: emulator.log.slice(before).join('\n') };
}

beforeAll(async () => {
  project = makeProject();
  writeApp(project, twoStacks);
  emulator = await startBootstrapped();
  first = await run('deploy', '--all', '--yes', '-c', 'greeting=hi', '--parameters', 'Base:Suffix=there', '--tags', 'team=one', '--outputs-file', 'outputs.json');
});

afterAll(async () => {
  await emulator.close();
  project.remove();
});

test('deploy --all takes context, parameters, tags and a file for outputs', async () => {
  expect(first).toMatchObject({ code: 0 });
  const { stacks, parameters } = await deployed(emulator, '/fixture/greeting', '/fixture/copy');
  expect(parameters).toEqual({ '/fixture/greeting': 'hi there', '/fixture/copy': '/fixture/greeting' });
  expect(stacks.find(({ StackName }) => StackName === 'Reader')?.Tags).toEqual([{ Key: 'team', Value: 'one' }]);
  expect(JSON.parse(readFileSync(join(project.directory, 'outputs.json'), 'utf8'))).toMatchObject({ Base: { Name: '/fixture/greeting' } });
});

test('of two stacks one must be named, or all', async () => {
  const ran = await run('deploy', '--yes', ...await assemble(project, 'made'));
  expect(ran.code).toBe(2);
  expect(ran.stderr).toContain('npm run deploy -- Base');
  expect(ran.stderr).toContain('npm run deploy -- --all');
  expect(ran.did).not.toContain('ChangeSet');
});

test('a named stack comes with those that it needs, and alone with --exclusively; --method says how CloudFormation is told; destroyed, it takes those that need it along', async () => {
  const runs = appRuns(project);
  const args = await assemble(project, 'needs', { prefix: 'Needs' });
  const direct = await run('deploy', 'NeedsReader', '--yes', '--method=direct', ...args);
  expect(direct).toMatchObject({ code: 0 });
  expect(direct.output).toMatch(/ok +assembly +2 stacks, no credential/);
  expect(direct.did).toMatch(/cloudformation CreateStack 200/);
  expect(direct.did).not.toContain('ChangeSet');
  expect(namesOf(await deployed(emulator))).toEqual(expect.arrayContaining(['NeedsBase', 'NeedsReader']));
  expect(appRuns(project)).toBe(runs + 1); // when it was assembled

  const alone = await run('deploy', 'NeedsReader', '--exclusively', '--yes', '--method', 'change-set', '--change-set-name', 'mine', ...await assemble(project, 'needs-other', { prefix: 'Needs', greeting: 'other' }));
  expect(alone).toMatchObject({ code: 0 });
  expect(alone.did).toMatch(/cloudformation CreateChangeSet 200[^]*cloudformation ExecuteChangeSet 200/);
  expect(await parameterOf(emulator, '/fixture/Needsgreeting')).toBe('hello none');

  const prepared = await run('deploy', 'NeedsBase', '--yes', '--method=prepare-change-set', '--assembly', 'needs-other');
  expect(prepared).toMatchObject({ code: 0 });
  expect(prepared.did).toMatch(/cloudformation CreateChangeSet 200/);
  expect(prepared.did).not.toContain('ExecuteChangeSet');
  expect(await parameterOf(emulator, '/fixture/Needsgreeting')).toBe('hello none');

  const destroyed = await run('destroy', 'NeedsBase', '--yes', ...args);
  expect(destroyed).toMatchObject({ code: 0 });
  expect(destroyed.output).toMatch(/NeedsReader +destroy/);
  const after = namesOf(await deployed(emulator));
  for (const name of ['NeedsBase', 'NeedsReader']) expect(after).not.toContain(name);
  expect(after).toEqual(expect.arrayContaining(['Base', 'Reader']));
  expect(await parameterOf(emulator, '/fixture/Needsgreeting')).toBeNull();
});

test('diff shows what would change, and --fail makes it the exit code', async () => {
  const ran = await run('diff', 'Base', '-c', 'greeting=ho');
  expect(ran).toMatchObject({ code: 0 });
  expect(ran.output).toMatch(/\[-\].*"hi"[^]*\[\+\].*"ho"/);
  expect(ran.did).not.toContain('ExecuteChangeSet');
  const failing = await run('diff', 'Base', '--fail', '--method=template', ...await assemble(project, 'ho', { greeting: 'ho' }));
  expect(failing.code).toBe(1);
  expect(failing.stderr).toMatch(/CDK_FAILED cdk diff ended with code 1/);
  // That it is 0 where nothing would change: ci.test.ts.
});

test('synth NAME prints the template and nothing else; without a name it says where all is', async () => {
  const template = await launch(project, 'synth', ['Base', '-c', 'greeting=hey'], { CDK_VALIDATION: 'false' });
  expect(template).toMatchObject({ code: 0 });
  expect(parse(template.stdout)).toMatchObject({ Resources: { Greeting: { Properties: { Value: { 'Fn::Join': [' ', ['hey', { Ref: 'Suffix' }]] } } } } });
  const all = await launch(project, 'synth', [], { CDK_VALIDATION: 'false', CI: 'true' });
  expect(all).toMatchObject({ code: 0 });
  expect(all.output).toContain(join(project.directory, 'cdk.out'));
  expect(all.output).not.toMatch(/Successfully synthesized|Supply a stack id/);
});

test('an assembly that --app names is audited and deployed as well, and the app does not run', async () => {
  await assemble(project, 'cdk.out', { prefix: 'Made' });
  const runs = appRuns(project);
  const ran = await run('deploy', 'MadeReader', '--yes', '--app', 'cdk.out');
  expect(ran).toMatchObject({ code: 0 });
  expect(ran.output).toMatch(/ok +assembly +2 stacks, no credential/);
  expect(await parameterOf(emulator, '/fixture/Madecopy')).toBe('/fixture/Madegreeting');
  expect(appRuns(project)).toBe(runs);
});

test('bootstrap takes its options, and the qualifier of the app', async () => {
  const other = makeProject();
  try {
    changeCdkJson(other, { context: { '@aws-cdk/core:bootstrapQualifier': 'appsown' } });
    const own = await launch(other, 'bootstrap', ['--yes', '--toolkit-stack-name', 'CDKToolkit-own', '--tags', 'team=two'], emulator.environment);
    expect(own).toMatchObject({ code: 0 });
    const { stacks } = await deployed(emulator);
    const stack = stacks.find(({ StackName }) => StackName === 'CDKToolkit-own');
    // But for what was said here it is the stack that other tests make without CDK.
    const { Parameters, Capabilities } = stacks.find(({ StackName }) => StackName === 'CDKToolkit') ?? {};
    expect(stack).toMatchObject({ Capabilities, Parameters: Parameters?.map((parameter) => (parameter.ParameterKey === 'Qualifier' ? { ...parameter, ParameterValue: 'appsown' } : parameter)) });
    expect(stack?.Tags).toEqual([{ Key: 'team', Value: 'two' }]);
  } finally {
    other.remove();
  }
  const trusting = await run('bootstrap', '--yes', '--qualifier', 'given', '--toolkit-stack-name', 'CDKToolkit-given', '--trust', '111122223333', '--cloudformation-execution-policies', 'arn:aws:iam::aws:policy/AdministratorAccess');
  expect(trusting).toMatchObject({ code: 0 });
  const { stacks } = await deployed(emulator);
  expect(stacks.find(({ StackName }) => StackName === 'CDKToolkit-given')?.Parameters).toEqual(expect.arrayContaining([
    { ParameterKey: 'Qualifier', ParameterValue: 'given' },
    { ParameterKey: 'TrustedAccounts', ParameterValue: '111122223333' },
  ]));
});
