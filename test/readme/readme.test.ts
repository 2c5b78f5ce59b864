import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { exitCodes } from '../../scripts/failures/exit-codes';
import { commandNames } from '../../scripts/options/options';
import { ownOptions } from '../../scripts/options/own-options';
import { importGraph } from '../structure/imports';
import { checksTable, codesTable } from './explained-tables';
import { firstCells, proseOf, readmePath, readReadme, root, sectionOf } from './page';

const tables = { checks: checksTable, codes: codesTable };

/** The text between the two marks of a table that is made from the code. */
function made(name: string): RegExp {
  return new RegExp(String.raw`(?<=<!-- ${name}: written by TAKEOFF_WRITE=1 npm test -- test/readme -->\n\n)[^]*?(?=\n\n<!-- /${name} -->)`);
}

if (process.env['TAKEOFF_WRITE'] === '1') {
  writeFileSync(readmePath, Object.entries(tables).reduce((text, [name, table]) => text.replace(made(name), table), readReadme()));
}
const readme = readReadme();
const section = (heading: string): string => sectionOf(readme, heading);

test('every exit code has its row', () => {
  const rows = new Set(firstCells(section('### Exit codes'), 'code | meaning').flatMap((cell) => cell.split(', ').map(Number)));
  expect(Object.values(exitCodes).filter((code) => !rows.has(code))).toEqual([]);
});

test.each(Object.entries(tables))('the table of %s is that of --explain', (name, table) => {
  expect(made(name).exec(readme)?.[0]).toBe(table());
});

test.each(commandNames)('npm run %s is in the table of commands', (command) => {
  expect(section('## Commands').split('\n### ')[0]).toContain(`\`npm run ${command}`);
});

test.each(ownOptions.map(({ names: [name = ''] }) => name))('--%s is explained', (name) => {
  expect(section('## Commands')).toContain(`--${name}`);
});

test('every folder of scripts/ has its line', () => {
  const folders = readdirSync(join(root, 'scripts'), { withFileTypes: true }).filter((entry) => entry.isDirectory());
  for (const { name } of folders) expect(section('## Design')).toContain(`\`scripts/${name}/\``);
});

test('a folder of scripts/ imports from none that has its line further down', () => {
  const lines = firstCells(section('## Design'), 'folder | what it is for');
  const lineOf = (file: string): number => lines.findIndex((cell) => cell.includes(`\`${/^scripts\/[^/]+\//.exec(file)?.[0] ?? 'scripts/*.ts'}\``));
  const further = [...importGraph('scripts')].flatMap(([file, imports]) => imports.filter((imported) => lineOf(imported) > lineOf(file)).map((imported) => `${file} → ${imported}`));
  expect(lineOf('scripts/flow/deploy')).toBeGreaterThan(lineOf('scripts/failures/failure'));
  expect(further).toEqual([]);
});

test('every dependency says what it is for', () => {
  const { dependencies } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { readonly dependencies: object };
  const table = section('## Design').split('| package |')[1] ?? '';
  for (const name of Object.keys(dependencies)) expect(table).toContain(`\`${name}\``);
});

/** Of a window. */
const columns = 120;
const threeLines = 3 * columns;

test('no line but those of tables and the picture is wider than a window', () => {
  expect(readme.split('\n').filter((line) => line.length > columns && !/^(?:\||<img )/.test(line))).toEqual([]);
});

test('no sentence is longer than three lines', () => {
  const sentences = proseOf(readme).flatMap((text) => text.split(/(?<=[.:?!]\)?) (?=[A-Z`*[\d])/));
  expect(sentences.length).toBeGreaterThan(200);
  expect(sentences.filter((sentence) => sentence.length > threeLines)).toEqual([]);
});
