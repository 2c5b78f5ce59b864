import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { exitCodes } from '../../scripts/failures/exit-codes';
import { commandNames } from '../../scripts/options/options';
import { ownOptions } from '../../scripts/options/own-options';
import { checksTable, codesTable } from './explained-tables';

const path = resolve(__dirname, '../../README.md');
const tables = { checks: checksTable, codes: codesTable };

/** The text between the two marks of a table that is made from the code. */
function made(name: string): RegExp {
  return new RegExp(String.raw`(?<=<!-- ${name}: written by TAKEOFF_WRITE=1 npm test -- test/readme -->\n\n)[^]*?(?=\n\n<!-- /${name} -->)`);
}

if (process.env['TAKEOFF_WRITE'] === '1') {
  writeFileSync(path, Object.entries(tables).reduce((text, [name, table]) => text.replace(made(name), table), readFileSync(path, 'utf8')));
}
const readme = readFileSync(path, 'utf8');

/** The text below a heading, up to the next one of its level or above. */
function section(heading: string): string {
  const level = /^#+/.exec(heading)?.[0].length ?? 1;
  const [, rest = ''] = readme.split(`\n${heading}\n`);
  return rest.split(new RegExp(`\n#{1,${level}} `))[0] ?? '';
}

test.each(Object.entries(exitCodes).filter(([code]) => code !== 'INTERRUPTED'))('%s stands in the row of exit code %i', (code, exitCode) => {
  const row = section('### Exit codes').split('\n').find((line) => line.startsWith(`| ${exitCode} |`)) ?? '';
  expect(row).toMatch(new RegExp(`\\b${code}\\b`));
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

test('every link inside the page has its heading', () => {
  const anchors = new Set([...readme.matchAll(/^#+ (.+)$/gm)].map(([, title = '']) => title.toLowerCase().replaceAll(/[^\w -]/g, '').replaceAll(' ', '-')));
  for (const [, anchor = ''] of readme.matchAll(/\]\(#([^)]+)\)/g)) expect(anchors).toContain(anchor);
});

test('every folder of scripts/ has its line', () => {
  const folders = readdirSync(resolve(__dirname, '../../scripts'), { withFileTypes: true }).filter((entry) => entry.isDirectory());
  for (const { name } of folders) expect(section('## Design')).toContain(`\`scripts/${name}/\``);
});

test('every dependency says what it is for', () => {
  const { dependencies } = JSON.parse(readFileSync(resolve(__dirname, '../../package.json'), 'utf8')) as { readonly dependencies: object };
  const table = section('## Design').split('| package |')[1] ?? '';
  for (const name of Object.keys(dependencies)) expect(table).toContain(`\`${name}\``);
});
