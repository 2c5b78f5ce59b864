import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { mentionedInApp } from '../../scripts/cdk/app-sources';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'app-sources-'));
  mkdirSync(join(folder, 'lib/deep'), { recursive: true });
  writeFileSync(join(folder, 'lib/deep/stack.ts'), "const stage = process.env['STAGE'] ?? process.env.MY_STAGES;");
  writeFileSync(join(folder, 'lib/notes.md'), 'TEAM');
});
afterAll(() => { rmSync(folder, { recursive: true }); });

test('names the variables that sources of bin and lib mention as whole words', () => {
  expect(mentionedInApp(folder, ['STAGE', 'MY_STAGE', 'TEAM', 'PATHS'])).toEqual(['STAGE']);
});

test('a project without these folders mentions none', () => {
  expect(mentionedInApp(join(folder, 'lib/deep'), ['STAGE'])).toEqual([]);
});
