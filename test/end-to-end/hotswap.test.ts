import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { startBootstrapped } from './bootstrapped';
import type { Emulator } from './emulator';
import { assemble } from './fixture-app';
import { launch, makeProject, mustRun, type Project } from './project';

// The sample's Lambda, changed in place.

jest.setTimeout(180_000);

let project: Project;
let emulator: Emulator;

beforeAll(async () => {
  project = makeProject();
  emulator = await startBootstrapped();
});

afterAll(async () => {
  await emulator.close();
  project.remove();
});

test('deploy --hotswap gives the function its new code without CloudFormation, and it answers with it', async () => {
  await mustRun(project, 'deploy', ['--yes', ...await assemble(project, 'before')], emulator.environment);
  const routes = join(project.directory, 'lib/service/routes.ts');
  const code = readFileSync(routes, 'utf8');
  expect(code).toContain('There is no note with this id.');
  writeFileSync(routes, code.replace('There is no note with this id.', 'Swapped while hot.'));
  const before = emulator.log.length;
  const swapped = await launch(project, 'deploy', ['--yes', '--hotswap', ...await assemble(project, 'after')], emulator.environment);
  expect(swapped).toMatchObject({ code: 0 });
  const did = emulator.log.slice(before).join('\n');
  expect(did).toMatch(/lambda PUT \S*\/functions\/\S+\/code 200/);
  expect(did).not.toContain('ExecuteChangeSet');
  const call = await launch(project, 'call', ['GET', '/notes/01ARZ3NDEKTSV4RRFFQ69G5FAV'], emulator.environment);
  expect(call.stdout).toContain('Swapped while hot.');
});
