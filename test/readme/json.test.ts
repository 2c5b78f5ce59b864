import type { SourceName } from '../../scripts/credentials/source';
import { explain } from '../../scripts/explanations/explain';
import { Failure } from '../../scripts/failures/failure';
import { inEnvironment } from '../../scripts/flow/choose-environment';
import { preflight } from '../../scripts/flow/preflight';
import { reportOf } from '../../scripts/flow/record';
import { tellProfiles } from '../../scripts/flow/tell-profiles';
import { styleFor } from '../../scripts/terminal/style';
import { longTermKeys, makePlace, secret, type Place } from '../credentials/place';
import { runFor } from '../flow/run-for-test';
import { identity, startFakeSts, type FakeSts } from '../identity/fake-sts';
import { blocksOf, firstCells, readReadme, sectionOf } from './page';

// The examples of --json have the keys that the commands print: no more, no fewer, in the same order.

const section = sectionOf(readReadme(), '## JSON');
const [report, profiles, explained] = blocksOf(section, 'json').map((text): unknown => JSON.parse(text));

/** The paths of all keys: `checks[].id`. Of a list those of its first. */
function keysOf(value: unknown, path = ''): string[] {
  if (Array.isArray(value)) return keysOf(value[0], `${path}[]`);
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, one]) => [`${path}.${key}`, ...keysOf(one, `${path}.${key}`)]);
}

let place: Place;
let sts: FakeSts;
beforeAll(async () => {
  place = makePlace();
  place.inHome('.aws/credentials', `[work]\naws_access_key_id = AKIAQYLPMN5HHWRKWRK2\naws_secret_access_key = ${secret}\n`);
  sts = await startFakeSts(identity());
});
afterAll(async () => {
  place.remove();
  await sts.close();
});

/** The report of a preflight for an environment; its keys are those of the variables. */
async function reported(variables: Readonly<Record<string, string>>): Promise<object> {
  const made = runFor('preflight', ['--json', '--verbose', '--env', 'prod'], place.project);
  const environments = [{ name: 'prod', account: null, region: 'us-west-2', profile: null, confirm: 'yes' as const }];
  const surroundings = { ...place.surroundings({ AWS_ENDPOINT_URL_STS: sts.origin, AWS_ENDPOINT_URL_SSM: 'http://127.0.0.1:9', AWS_ENDPOINT_URL_IAM: 'http://127.0.0.1:9', ...variables }), options: made.options };
  let failure: Failure | null = null;
  try {
    await inEnvironment(preflight)({ ...made, surroundings, configuration: { ...made.configuration, environments } });
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    failure = error;
  } finally {
    made.interruption.stop();
  }
  return reportOf(made.record, failure, 1);
}

test('the report, with an environment and --verbose', async () => {
  const real = await reported(longTermKeys);
  expect(real).toMatchObject({ environment: 'prod', identity: { account: '123456789012' }, credentials: { source: 'environment' } });
  expect(keysOf(report)).toEqual(keysOf({ ...real, error: null }));
});

test('its error has what the table says, and what was not found out is null', async () => {
  const real = await reported({});
  expect(real).toMatchObject({ ok: false, identity: null, region: null, credentials: null });
  expect(keysOf(real).filter((key) => key.startsWith('.error.'))).toEqual(['.error.code', '.error.message', '.error.fix']);
  expect(section).toContain('| `error` | null, or `code`, `message` and `fix` |');
});

test('every field of the report has its row', () => {
  const rows = firstCells(section, 'field | meaning').join(' ');
  const fields = keysOf(report).map((key) => key.slice(1)).filter((key) => !/\[\]|^identity\.|^region\.value/.test(key));
  expect(fields.filter((field) => !rows.includes(`\`${field}\``))).toEqual([]);
});

test('every source has its name there', () => {
  const names: Readonly<Record<SourceName, true>> = { local: true, profile: true, environment: true, 'web-identity': true, dotenv: true, container: true, instance: true, prompt: true };
  expect(section).toContain(`| \`credentials.source\` | ${Object.keys(names).map((name) => `\`${name}\``).join(', ')} |`);
});

test('the list of profiles', () => {
  const { output } = tellProfiles(place.surroundings(), true, styleFor({ isTerminal: false, columns: undefined, environment: {} }));
  expect(keysOf(profiles)).toEqual(keysOf(JSON.parse(output)));
});

test('the explanation, which is of the check that the example names', () => {
  const real = explain('key-age');
  expect(Object.keys(explained as object)).toEqual(expect.arrayContaining(Object.keys(real)));
  expect(explained).toMatchObject({ code: real.code, kind: real.kind, exitCode: real.exitCode, seeAlso: real.seeAlso });
  expect(Object.keys(explained as object)).toHaveLength(Object.keys(real).length);
});
