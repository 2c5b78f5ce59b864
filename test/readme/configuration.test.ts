import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readConfiguration } from '../../scripts/configuration/read-configuration';
import { failureOf, makePlace, type Place } from '../credentials/place';
import { menuChoices, notice } from '../../scripts/terminal/guide-words';
import { blocksOf, codeSpansOf, readReadme, root, sectionOf } from './page';

const readme = readReadme();
const rows = [...sectionOf(readme, '## Configuration').matchAll(/^\| `(\w+)` \| (?:.*) \| (.+) \|$/gm)].map(([, key = '', otherwise = '']) => ({ key, otherwise }));

let place: Place;
beforeAll(() => { place = makePlace(); });
afterAll(() => { place.remove(); });

function configured(takeoff: object): ReturnType<typeof readConfiguration> {
  place.inProject('cdk.json', JSON.stringify({ context: { takeoff } }));
  return readConfiguration(place.project);
}

test('every key has its row, and every row its key', async () => {
  const { fix } = await failureOf(() => configured({ 'nothing-that-is-near': 1 }));
  expect(rows.map(({ key }) => key).toSorted()).toEqual(fix.replace(/^It has: |\.$/g, '').split(', ').toSorted());
});

test.each(rows.filter(({ otherwise }) => otherwise.startsWith('`')))('$key is $otherwise where nobody says it', ({ key, otherwise }) => {
  expect(`\`${String(new Map(Object.entries(configured({}))).get(key))}\``).toBe(otherwise);
});

test('the examples are accepted', () => {
  const fragments = ['## Several environments', '### Credentials in the source'].flatMap((heading) => blocksOf(sectionOf(readme, heading), 'json'));
  const [environments = '', findings = ''] = fragments;
  const { context: { takeoff } } = JSON.parse(`{${environments}}`) as { readonly context: { readonly takeoff: object } };
  expect(configured(takeoff).environments.map(({ name, confirm }) => [name, confirm])).toEqual([['dev', 'yes'], ['prod', 'type-name']]);
  expect(configured(JSON.parse(`{${findings}}`) as object).allowFindings).toHaveLength(1);
  const inText = codeSpansOf(readme).filter((text) => text.startsWith('"context": '));
  expect(inText.map((text) => configured((JSON.parse(`{${text}}`) as { readonly context: { readonly takeoff: object } }).context.takeoff).accounts)).toEqual([['123456789012']]);
});

test('.env.example and the export lines have the names that the guide asks for', () => {
  const names = [...notice.matchAll(/^- (\w+)/gm)].map(([, name = '']) => name);
  expect(Object.keys(menuChoices)).toHaveLength(3);
  expect([...readFileSync(join(root, '.env.example'), 'utf8').matchAll(/^(\w+)=/gm)].map(([, name]) => name)).toEqual(names);
  const [exports = ''] = blocksOf(sectionOf(readme, '### In the environment'), 'bash');
  expect([...exports.matchAll(/^export (\w+)=/gm)].map(([, name]) => name)).toEqual(names);
});
