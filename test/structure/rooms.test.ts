import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { circleIn, filesOf, importGraph, importsOf, root } from './imports';

// The rooms of scripts/ in the order of the data's flow, leaves first: a room imports from rooms that stand before it.
const rooms = [
  'failures', 'process', 'git', 'secrets', 'configuration', 'explanations', 'options', 'ci',
  'credentials', 'identity', 'keep', 'login', 'assembly', 'checks', 'plan', 'cdk', 'api',
  'local-aws', 'terminal', 'flow',
];

function roomOf(file: string): string {
  const [, room, ...rest] = file.split('/');
  return rest.length === 0 || room === undefined ? 'entries' : room;
}

/** Where a file's room stands in the order; entries come last. */
function place(file: string): number {
  return roomOf(file) === 'entries' ? rooms.length : rooms.indexOf(roomOf(file));
}

const scripts = importGraph('scripts');

test('every room has its place in the order', () => {
  const found = new Set([...scripts.keys()].map(roomOf));
  expect([...found].filter((room) => room !== 'entries' && !rooms.includes(room))).toEqual([]);
});

test('a room imports only from rooms before it', () => {
  const backwards = [...scripts].flatMap(([file, imports]) => imports.filter((imported) => place(imported) > place(file)).map((imported) => `${file} → ${imported}`));
  expect(backwards).toEqual([]);
});

test('what is deployed and how it is deployed do not import each other', () => {
  const across = [...importGraph('lib', 'bin', 'scripts')].flatMap(([file, imports]) => imports.filter((imported) => file.startsWith('scripts/') !== imported.startsWith('scripts/')).map((imported) => `${file} → ${imported}`));
  expect(across).toEqual([]);
});

test('no files import each other in a circle', () => {
  expect(circleIn(importGraph('bin', 'lib', 'scripts'))).toBeNull();
  expect(circleIn(new Map([['a', ['b']], ['b', ['c']], ['c', ['b']]]))).toEqual(['b', 'c', 'b']);
});

test('sees each form of import', () => {
  const text = "import type { A } from './a';\nexport * from '../b';\nimport './c';\nconst d = await import('./d/e');\nimport x from 'node:fs';";
  expect(importsOf('scripts/flow/x.ts', text)).toEqual(['scripts/flow/a', 'scripts/b', 'scripts/flow/c', 'scripts/flow/d/e']);
});

test.each([
  ['only entries exit', /\bprocess\.exit(?:Code)?\b/, (file: string) => roomOf(file) === 'entries'],
  ['only one file imports Inquirer', /from '@inquirer|import\('@inquirer/, (file: string) => file === 'scripts/terminal/prompts.ts'],
  ['only one file starts processes of people and of CDK', /\bspawn\(/, (file: string) => file === 'scripts/process/spawn.ts' || file.startsWith('scripts/local-aws/')],
])('%s', (_, pattern, may) => {
  const found = filesOf('scripts').filter((file) => !may(file) && pattern.test(readFileSync(join(root, file), 'utf8')));
  expect(found).toEqual([]);
});

test('no file is called for what it does not say', () => {
  const vague = /(?:^|[/-])(?:utils?|helpers?|common|managers?|misc|shared|index)(?:[/.-]|$)/;
  expect(['bin', 'lib', 'scripts', 'test'].flatMap(filesOf).filter((file) => vague.test(file))).toEqual([]);
});
