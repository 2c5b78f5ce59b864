import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readConfiguration } from '../../scripts/configuration/read-configuration';
import { Failure } from '../../scripts/failures/failure';

let directory: string;
beforeEach(() => { directory = mkdtempSync(join(tmpdir(), 'takeoff-configuration-')); });
afterEach(() => { rmSync(directory, { recursive: true }); });

function write(text: string): void {
  writeFileSync(join(directory, 'cdk.json'), text);
}

function refused(): Failure {
  try {
    readConfiguration(directory);
  } catch (error) {
    if (error instanceof Failure) return error;
    throw error;
  }
  throw new Error('it was read');
}

const defaults = { app: null, build: null, qualifier: 'hnb659fds', environments: [], accounts: [], regions: [], minSessionMinutes: 15, maxKeyAgeDays: 90, allowLongTermKeysInCi: false, allowRoot: false, allowAssetCommands: false, appVariables: [] };

test('without cdk.json all is as it is by default', () => {
  expect(readConfiguration(directory)).toEqual(defaults);
});

test('what cdk.json says is read', () => {
  const takeoff = { accounts: ['123456789012'], regions: ['us-west-2', 'us-gov-east-1'], minSessionMinutes: 0, maxKeyAgeDays: 30, allowLongTermKeysInCi: true, allowRoot: true, allowAssetCommands: true, appVariables: ['STAGE'] };
  write(`\uFEFF${JSON.stringify({ app: 'npx tsx bin/app.ts', build: 'npx tsc', context: { '@aws-cdk/core:bootstrapQualifier': 'mine', other: 1, takeoff: { ...takeoff, environments: { prod: { account: '123456789012' } } } } })}`);
  expect(readConfiguration(directory)).toEqual({ app: 'npx tsx bin/app.ts', build: 'npx tsc', qualifier: 'mine', ...takeoff, environments: [{ name: 'prod', account: '123456789012', region: null, profile: null, confirm: 'yes' }] });
});

test('a stack for which the context of cdk.json asks needs nothing on the command line', () => {
  const optionalStacks = { Dev: '-c stage=dev', Other: '-c other=1' };
  write(JSON.stringify({ context: { stage: 'dev', takeoff: { optionalStacks } } }));
  expect(readConfiguration(directory).optionalStacks).toEqual({ Other: '-c other=1' });
});

test.each([
  [{ context: { takeoff: { alowRoot: true } } }, '"alowRoot"', 'Did you mean "allowRoot"?'],
  [{ context: { takeoff: { stages: ['us-west-2'] } } }, '"stages"', 'It has: environments, accounts, regions, minSessionMinutes, maxKeyAgeDays, allowLongTermKeysInCi, allowRoot, allowAssetCommands, appVariables, allowFindings, ci, optionalStacks.'],
  [{ context: { takeoff: { regions: ['US West'] } } }, '"regions"', 'such as "us-west-2"'],
  [{ context: { takeoff: { regions: 'us-west-2' } } }, '"regions"', 'a list of regions'],
  [{ context: { takeoff: { minSessionMinutes: -1 } } }, '"minSessionMinutes"', 'minutes from 0 to 720'],
  [{ context: { takeoff: { minSessionMinutes: '15' } } }, '"minSessionMinutes"', 'whole number'],
  [{ context: { takeoff: { maxKeyAgeDays: 1.5 } } }, '"maxKeyAgeDays"', 'days from 0 to 3650'],
  [{ context: { takeoff: { constructor: true } } }, '"constructor"', 'It has'],
  [{ context: { takeoff: { allowRoot: 'true' } } }, '"allowRoot"', 'true or false'],
  [{ context: { takeoff: { accounts: [123456789012] } } }, '"accounts"', 'twelve digits'],
  [{ context: { takeoff: { environments: ['prod'] } } }, '"environments"', '"prod": {'],
  [{ context: { takeoff: { environments: { prod: { acount: '1' } } } } }, 'environments.prod', 'Did you mean "account"?'],
  [{ context: { takeoff: [] } }, 'context.takeoff', '{ … }'],
  [{ context: 'x' }, 'context', '{ … }'],
  [{ context: { '@aws-cdk/core:bootstrapQualifier': '../x' } }, 'qualifier', 'one to ten'],
  [{ app: '' }, '"app"', 'npx tsx'],
  [{ app: ['npx'] }, '"app"', 'npx tsx'],
  [[], 'JSON object', 'bin/app.ts'],
])('%j is a usage error', (json, words, fix) => {
  write(JSON.stringify(json));
  expect(refused()).toMatchObject({ code: 'USAGE', message: expect.stringContaining(words) as string, fix: expect.stringContaining(fix) as string });
});

test.each([
  ['', 'it is empty'],
  ['{\n  "app": "x"\n', 'ends too early, in line 2'],
  ['{\n  "app": "x",\n}', 'line 3'],
  ['{\n  "app" "x"\n}', 'line 2'],
  ['{\n  "app":\n tru }', 'line 3'],
  ['{\n  "a": [1,,2],\n  "b": 1\n}', 'line 2'],
  ['{\n  // a comment\n  "app": "x"\n}', 'line 2'],
])('the line of %j is named', (text, words) => {
  write(text);
  const failure = refused();
  expect(failure.message).toContain(words);
});

test('a directory in its place is said', () => {
  mkdirSync(join(directory, 'cdk.json'));
  expect(refused()).toMatchObject({ code: 'USAGE', message: expect.stringContaining('EISDIR') as string });
});
