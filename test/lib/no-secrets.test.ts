import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { notesApp } from './notes-app';

const notes = notesApp();
notes.app.synth();
afterAll(() => notes[Symbol.dispose]());

/** Of an environment variable that would hold a secret. */
const suspicious = /key|secret|token|password|credential/i;
/** The id of an AWS access key. A secret has no shape of its own: a logical id can be 40 characters long. */
const keyId = /\b(?:AKIA|ASIA)[A-Z0-9]{16}\b/;

function files(): readonly string[] {
  return readdirSync(notes.outdir, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
}

/** Names below any `Variables` or `Environment` of `value`. */
function variables(value: unknown, inside = false): readonly string[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, below]) => [...(inside ? [name] : []), ...variables(below, name === 'Variables')]);
}

test('no environment variable of the template holds a key, a secret or a token', () => {
  const names = variables(JSON.parse(readFileSync(join(notes.outdir, 'TakeoffNotes.template.json'), 'utf8')));
  expect(names).toContain('TABLE_NAME');
  expect(names.filter((name) => suspicious.test(name))).toEqual([]);
});

test('no file of the assembly holds an AWS key', () => {
  expect(files().length).toBeGreaterThan(5);
  expect(files().filter((file) => keyId.test(readFileSync(file, 'utf8')))).toEqual([]);
});

test('the shapes that are looked for are found where they are', () => {
  expect(keyId.test(`key = AKIA${'Q'.repeat(16)};`)).toBe(true);
  expect(variables({ Environment: { Variables: { API_TOKEN: 'x' } } }).some((name) => suspicious.test(name))).toBe(true);
});
