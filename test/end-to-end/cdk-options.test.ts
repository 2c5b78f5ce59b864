import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { deployed, namesOf, parameterOf } from './deployed';
import { startEmulator, type Emulator } from './emulator';
import { appRuns, changeCdkJson, twoStacks, writeApp } from './fixture-app';
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
  emulator = await startEmulator();
  const bootstrap = await run('bootstrap', '--yes');
  if (bootstrap.code !== 0) throw new Error(bootstrap.output);
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
  const ran = await run('deploy', '--yes');
  expect(ran.code).toBe(2);
  expect(ran.stderr).toContain('npm run deploy -- Base');
  expect(ran.stderr).toContain('npm run deploy -- --all');
  expect(ran.did).not.toContain('ChangeSet');
});

test('a named stack comes with those that it needs, and alone with --exclusively', async () => {
  expect(await run('deploy', 'NeedsReader', '--yes', '-c', 'prefix=Needs')).toMatchObject({ code: 0 });
  expect(namesOf(await deployed(emulator))).toEqual(expect.arrayContaining(['NeedsBase', 'NeedsReader']));
  const alone = await run('deploy', 'NeedsReader', '--exclusively', '--force', '--yes', '-c', 'prefix=Needs', '-c', 'greeting=other');
  expect(alone).toMatchObject({ code: 0 });
  expect(await parameterOf(emulator, '/fixture/Needsgreeting')).toBe('hello none');
});

test('--method says how CloudFormation is told', async () => {
  const direct = await run('deploy', 'ByBase', '--yes', '--method=direct', '-c', 'prefix=By');
  expect(direct).toMatchObject({ code: 0 });
  expect(direct.did).toMatch(/cloudformation CreateStack 200/);
  expect(direct.did).not.toContain('ChangeSet');
  const changeSet = await run('deploy', 'ByBase', '--yes', '--method', 'change-set', '--change-set-name', 'mine', '-c', 'prefix=By', '-c', 'greeting=changed');
  expect(changeSet).toMatchObject({ code: 0 });
  expect(changeSet.did).toMatch(/cloudformation CreateChangeSet 200[^]*cloudformation ExecuteChangeSet 200/);
  expect(await parameterOf(emulator, '/fixture/Bygreeting')).toBe('changed none');
  const prepared = await run('deploy', 'ByBase', '--yes', '--method=prepare-change-set', '-c', 'prefix=By', '-c', 'greeting=never');
  expect(prepared).toMatchObject({ code: 0 });
  expect(prepared.did).not.toContain('ExecuteChangeSet');
  expect(await parameterOf(emulator, '/fixture/Bygreeting')).toBe('changed none');
});

test('diff shows what would change, and --fail makes it the exit code', async () => {
  const ran = await run('diff', 'Base', '-c', 'greeting=ho');
  expect(ran).toMatchObject({ code: 0 });
  expect(ran.output).toMatch(/\[-\].*"hi"[^]*\[\+\].*"ho"/);
  expect(ran.did).not.toContain('ExecuteChangeSet');
  const failing = await run('diff', 'Base', '--fail', '--method=template', '-c', 'greeting=ho');
  expect(failing.code).toBe(1);
  expect(failing.stderr).toMatch(/CDK_FAILED cdk diff ended with code 1/);
  expect(await run('diff', 'Base', '--fail', '--method=template', '-c', 'greeting=hi')).toMatchObject({ code: 0 });
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

test('an assembly that was made before is audited and deployed, and the app does not run', async () => {
  expect(await run('synth', '-c', 'prefix=Made')).toMatchObject({ code: 0 });
  const runs = appRuns(project);
  const byAssembly = await run('deploy', 'MadeBase', '--yes', '--assembly', 'cdk.out');
  expect(byAssembly).toMatchObject({ code: 0 });
  expect(byAssembly.output).toMatch(/ok +assembly +2 stacks, no credential/);
  expect(await parameterOf(emulator, '/fixture/Madegreeting')).toBe('hello none');
  const byApp = await run('deploy', 'MadeReader', '--yes', '--app', 'cdk.out');
  expect(byApp).toMatchObject({ code: 0 });
  expect(await parameterOf(emulator, '/fixture/Madecopy')).toBe('/fixture/Madegreeting');
  expect(appRuns(project)).toBe(runs);
});

test('destroy of one stack takes those that need it along, and leaves the others', async () => {
  expect(await run('deploy', '--all', '--yes', '-c', 'prefix=Gone')).toMatchObject({ code: 0 });
  const ran = await run('destroy', 'GoneBase', '--yes', '-c', 'prefix=Gone');
  expect(ran).toMatchObject({ code: 0 });
  expect(ran.output).toMatch(/GoneReader +destroy/);
  const after = await deployed(emulator);
  expect(namesOf(after)).toEqual(expect.not.arrayContaining(['GoneBase', 'GoneReader']));
  expect(namesOf(after)).toEqual(expect.arrayContaining(['Base', 'Reader']));
  expect(await parameterOf(emulator, '/fixture/Gonegreeting')).toBeNull();
});

test('bootstrap takes its options, and the qualifier of the app', async () => {
  const other = makeProject();
  try {
    changeCdkJson(other, { context: { '@aws-cdk/core:bootstrapQualifier': 'appsown' } });
    const own = await launch(other, 'bootstrap', ['--yes', '--toolkit-stack-name', 'CDKToolkit-own', '--tags', 'team=two'], emulator.environment);
    expect(own).toMatchObject({ code: 0 });
    const { stacks } = await deployed(emulator);
    const stack = stacks.find(({ StackName }) => StackName === 'CDKToolkit-own');
    expect(stack?.Tags).toEqual([{ Key: 'team', Value: 'two' }]);
    expect(stack?.Parameters).toContainEqual({ ParameterKey: 'Qualifier', ParameterValue: 'appsown' });
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
