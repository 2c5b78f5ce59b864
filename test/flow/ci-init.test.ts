import { cpSync, existsSync, readFileSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { ciInit } from '../../scripts/flow/ci-init';
import type { Run } from '../../scripts/flow/run';
import { textScreen } from '../../scripts/terminal/screen';
import { styleFor } from '../../scripts/terminal/style';
import { failureOf, makePlace, type Place } from '../credentials/place';
import { root } from '../workflows/workflow';
import { runFor } from './run-for-test';

let place: Place;
beforeEach(() => {
  place = makePlace();
  cpSync(join(root, 'scripts/ci/workflows'), join(place.project, 'scripts/ci/workflows'), { recursive: true });
});
afterEach(() => place.remove());

const template = (path: string): string => readFileSync(join(root, 'scripts/ci/workflows', path), 'utf8');
const written = (path: string): string => readFileSync(join(place.project, path), 'utf8');

/** Runs it where nobody can be asked. @returns what it printed */
async function init(...argv: string[]): Promise<string> {
  let output = '';
  const made = runFor('ci:init', argv, place.project);
  const screen = textScreen({ style: styleFor({ isTerminal: false, columns: undefined, environment: {} }), stdout: { write: (text) => { output += String(text); } }, stderr: { write: () => undefined } });
  const run: Run = { ...made, screen };
  try {
    await ciInit(run);
    return output;
  } finally {
    run.interruption.stop();
  }
}

test.each([['github', '.github/workflows/deploy.yml', 'github/deploy.yml'], ['gitlab', '.gitlab-ci.yml', 'gitlab/.gitlab-ci.yml']])('writes the workflow of %s, and says how its role is made', async (system, path, from) => {
  const output = await init(system);
  expect(written(path)).toBe(template(from));
  expect(output).toContain(`ok ${path}  written`);
  expect(output).toMatch(/npm run deploy -- Git(?:Hub|Lab)DeployRole -c /);
  expect(await init(system)).toContain(`ok ${path}  is as it should be`);
});

describe('where a file is there that differs', () => {
  const path = '.github/workflows/deploy.yml';
  const own = 'name: Deploy\non: push\n';
  beforeEach(() => place.inProject(path, own));

  test('nothing is written unless told so', async () => {
    expect(await failureOf(() => init('github'))).toMatchObject({ code: 'NOT_CONFIRMED', exitCode: 7, fix: expect.stringContaining('npm run ci:init -- github --yes') as string });
    expect(written(path)).toBe(own);
    expect(existsSync(join(place.project, '.github/workflows/ci.yml'))).toBe(false);
  });

  test('with --yes it is replaced, and what changed is shown', async () => {
    const output = await init('github', '--yes');
    expect(written(path)).toBe(template('github/deploy.yml'));
    expect(output).toContain(`--- a/${path}\n+++ b/${path}\n@@ -1,2 `);
    expect(output).toContain('\n-on: push\n+on:\n+  push:\n');
    expect(output).toContain(`ok ${path}  overwritten`);
  });
});

test.each(['elsewhere.yml', '/nowhere/there.yml'])('what a link leads to (%s) is not written, nor made', async (target) => {
  place.inProject('elsewhere.yml', 'mine');
  symlinkSync(target, join(place.project, '.gitlab-ci.yml'));
  expect(await failureOf(() => init('gitlab', '--yes'))).toMatchObject({ code: 'USAGE', message: '.gitlab-ci.yml is a symbolic link: nothing was written.' });
  expect(written('elsewhere.yml')).toBe('mine');
});

test.each([[[]], [['jenkins']], [['github', 'gitlab']]])('%j is a usage error', async (argv) => {
  expect(await failureOf(() => init(...argv))).toMatchObject({ code: 'USAGE', fix: 'npm run ci:init -- github' });
});

test('the workflows of this repository are those that it writes', () => {
  for (const name of ['ci.yml', 'deploy.yml']) expect(readFileSync(join(root, '.github/workflows', name), 'utf8')).toBe(template(`github/${name}`));
});

