import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { exitCodes } from '../../scripts/failures/exit-codes';
import { commandNames, type CommandName } from '../../scripts/options/options';
import { parseOptions } from '../../scripts/options/parse';
import { blocksOf, codeSpansOf, readReadme, root, sectionOf } from './page';
import { ranBy, ranByNone } from './ran-by';
import { commandsIn, wordsOf } from './shell-words';

const readme = readReadme();
const commands = blocksOf(readme, 'bash').flatMap(commandsIn);
const { scripts } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { readonly scripts: Readonly<Record<string, string>> };

/** What stands for a value in text, and a value. */
const values: Readonly<Record<string, string>> = { METHOD: 'GET', PATH: '/notes', CODE: 'BUSY', 'github\\|gitlab': 'github' };

const inText = codeSpansOf(readme).filter((text) => /^npm run (?!-s$)/.test(text)).map((text) => text.replaceAll(/METHOD|PATH|CODE|github\\\|gitlab/g, (word) => values[word] ?? word));
const inWorkflows = blocksOf(readme, 'yaml').flatMap((text) => text.match(/npm run [^\],\n]+/g) ?? []);
const npmRuns = [...new Set([...commands, ...inText, ...inWorkflows].filter((command) => command.startsWith('npm run ')))];

test('npm run alone says of each command what it does, in the place where npm does not append', () => {
  const own = Object.entries(scripts).filter(([name]) => isCommand(name));
  expect(own.map(([name]) => name).toSorted()).toEqual(commandNames.toSorted());
  for (const [name, script] of own) expect(script).toMatch(new RegExp(`^exec node scripts/launch\\.mjs ${name.replace(':', '-')} '# [\\w., -]{20,60}'$`));
  for (const script of Object.values(scripts)) expect(script).toMatch(/^exec /);
});

const isCommand = (name: string): name is CommandName => (commandNames as readonly string[]).includes(name);

test('there are commands in the blocks, the text and the workflows', () => {
  expect([commands.length, inText.length, inWorkflows.length].map((count) => count > 2)).toEqual([true, true, true]);
});

test.each(npmRuns)('%s: there is such a command, and it takes what stands behind it', (command) => {
  const [name = '', ...more] = wordsOf(command.split(/ \\?\| /)[0] ?? '').slice(2).filter((word) => word !== '-s');
  expect(Object.keys(scripts)).toContain(name);
  expect([undefined, '--']).toContain(more[0]); // without `--` npm would take it for its own
  if (isCommand(name) && (name !== 'call' || more.length > 0)) parseOptions(name, more.slice(1)); // throws what it refuses
});

/** The command without the values of an option that would fill a page. */
const short = (command: string): string => command.replace(/ arn:\S+$/, '');

/** In the text the name alone means the command, whatever it is given. */
const namedAlone = /^npm run (?:call|ci:init|test:leaks|lint|typecheck|unused|bench)$/;
const toRun = inText.filter((command) => !namedAlone.test(command)).map((command) => command.replace('npm run -s ', 'npm run ').replace(/ \\?\|.*$/, ''));

const tests = [...commands.filter((command) => !ranByNone.test(command)), ...toRun].map(short);

test.each([...new Set(tests)])('%s is run by the test that is named for it', (command) => {
  const { test: paths, as } = ranBy[command] ?? { test: [], as: [] };
  const text = [paths].flat().map((path) => readFileSync(join(root, 'test', path), 'utf8')).join('\n');
  expect(text).not.toBe('');
  for (const words of as) expect(text).toContain(words);
  const [name = '', ...more] = wordsOf(command).slice(2);
  const said = as.join(' ');
  expect(said).toMatch(new RegExp(String.raw`\b${name}\b`));
  for (const option of more.filter((word) => /^--?\w/.test(word))) expect(said).toContain(`'${option}'`);
});

test('no test is named for what the README does not have', () => {
  expect(Object.keys(ranBy).filter((command) => !tests.includes(command))).toEqual([]);
});

/** The text of every source below a folder of the project. */
function sourcesBelow(folder: string): string {
  const files = readdirSync(join(root, folder), { withFileTypes: true, recursive: true }).filter((entry) => entry.isFile() && /\.(?:ts|mjs|yml)$/.test(entry.name));
  return files.map((entry) => readFileSync(join(entry.parentPath, entry.name), 'utf8')).join('\n');
}

const sources = sourcesBelow('scripts');
/** Those of the project's own tests. */
const ofTests = /^TAKEOFF_/;
const screaming = /(?<![\w$-])[A-Z][A-Z\d]*(?:_[A-Z\d]+)+(?!\w)/g;
/** They stand for something of the reader's; the last for each service's own. */
const placeholders: ReadonlySet<string> = new Set(['OLD_ID', 'ORG_ID', 'AWS_ENDPOINT_URL_SERVICE']);

test('every variable and every code that is named is known to the code', () => {
  const named = [...commands, ...blocksOf(readme, 'json'), ...codeSpansOf(readme)].flatMap((text) => text.match(screaming) ?? []);
  const unknown = new Set(named.filter((name) => !placeholders.has(name) && !(name in exitCodes) && !new RegExp(`\\b${name}\\b`).test(ofTests.test(name) ? sourcesBelow('test') : sources)));
  expect([...unknown]).toEqual([]);
});

test('every variable of AWS\'s that is looked at has its line', () => {
  const notRead: ReadonlySet<string> = new Set(['AWS_PROXY', 'AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED']);
  const own = sourcesBelow('scripts/credentials') + sourcesBelow('scripts/checks') + sourcesBelow('scripts/terminal');
  const read = new Set([...own.matchAll(/'(AWS_[A-Z\d_]+)'/g)].map(([, name = '']) => name).filter((name) => !(name in exitCodes) && !notRead.has(name)));
  expect(read.size).toBeGreaterThan(20);
  const section = sectionOf(readme, '## Environment variables');
  expect([...read].filter((name) => !section.includes(`\`${name}\``))).toEqual([]);
});
