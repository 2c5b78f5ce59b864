import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { usage } from '../failures/failure';
import { readAllowedFindings } from './allowed-findings';
import { readCiSettings } from './ci-settings';
import type { Configuration } from './configuration';
import { lineOfJsonError } from './json-error';
import { isJsonObject, own, type JsonObject } from './json-object';
import { isOptionalStacks, notAskedForBy } from './optional-stacks';
import { readEnvironments } from './read-environments';
import { textsSetting, verifySetting, type Setting, type Settings } from './setting';
import { accountShape, regionShape } from './shapes';

/** `DefaultStackSynthesizer.DEFAULT_QUALIFIER` of aws-cdk-lib. */
const defaultQualifier = 'hnb659fds';

const flag: Setting = { expected: 'true or false', fits: (value) => typeof value === 'boolean' };

function wholeNumber(unit: string, most: number): Setting {
  return { expected: `a whole number of ${unit} from 0 to ${most}`, fits: (value) => Number.isInteger(value) && Number(value) >= 0 && Number(value) <= most };
}

const settings: Settings = new Map([
  ['environments', { expected: 'an object: "environments": { "prod": { "account": "123456789012", "region": "us-west-2", "profile": "prod" } }', fits: isJsonObject }],
  ['accounts', textsSetting(accountShape, 'a list of account ids, each a text of twelve digits')],
  ['regions', textsSetting(regionShape, 'a list of regions, each a text such as "us-west-2"')],
  ['minSessionMinutes', wholeNumber('minutes', 720)],
  ['maxKeyAgeDays', wholeNumber('days', 3650)],
  ['allowLongTermKeysInCi', flag],
  ['allowRoot', flag],
  ['allowAssetCommands', flag],
  ['appVariables', textsSetting(/^[A-Za-z_]\w*$/, 'a list of names of environment variables, each a text such as "STAGE"')],
  ['allowFindings', { expected: 'a list: "allowFindings": [{ "path": "test/keys.ts", "fingerprint": "0123456789abcdef", "reason": "…" }]', fits: Array.isArray }],
  ['ci', { expected: 'an object: "ci": { "roleArn": "arn:aws:iam::123456789012:role/deployer" }', fits: isJsonObject }],
  ['optionalStacks', { expected: 'an object: "optionalStacks": { "Dev": "-c stage=dev" }, where each example begins with -c KEY=', fits: isOptionalStacks }],
]);

/**
 * Reads cdk.json: the app's own settings, and `context.takeoff`.
 *
 * @throws Failure USAGE for an unknown key, a wrong type, or a file that is no JSON
 */
export function readConfiguration(projectDirectory: string): Configuration {
  const cdkJson = readJson(join(projectDirectory, 'cdk.json'));
  const context = section(cdkJson, 'context', 'context');
  const takeoff = section(context, 'takeoff', 'context.takeoff');
  for (const [key, value] of Object.entries(takeoff)) verifySetting(settings, key, value, 'context.takeoff in cdk.json');
  const [ci, optionalStacks, allowFindings] = [own(takeoff, 'ci'), own(takeoff, 'optionalStacks'), own(takeoff, 'allowFindings')];
  const allowed = { accounts: texts(takeoff['accounts']), regions: texts(takeoff['regions']) };
  return {
    app: command(cdkJson, 'app'),
    build: command(cdkJson, 'build'),
    qualifier: qualifier(context),
    environments: readEnvironments(section(takeoff, 'environments', 'context.takeoff.environments'), allowed),
    ...allowed,
    minSessionMinutes: number(takeoff['minSessionMinutes'], 15),
    maxKeyAgeDays: number(takeoff['maxKeyAgeDays'], 90),
    allowLongTermKeysInCi: takeoff['allowLongTermKeysInCi'] === true,
    allowRoot: takeoff['allowRoot'] === true,
    allowAssetCommands: takeoff['allowAssetCommands'] === true,
    appVariables: texts(takeoff['appVariables']),
    ...(Array.isArray(allowFindings) ? { allowFindings: readAllowedFindings(allowFindings) } : {}),
    ...(isJsonObject(ci) ? { ci: readCiSettings(ci) } : {}),
    ...(isOptionalStacks(optionalStacks) ? { optionalStacks: notAskedForBy(context, optionalStacks) } : {}),
  };
}

/** The JSON object in the file at `path`; an empty one where there is no file. */
function readJson(path: string): JsonObject {
  let text: string;
  try {
    text = readFileSync(path, 'utf8').replace(/^\uFEFF/, '');
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT') return {};
    throw usage(`cdk.json cannot be read (${code ?? 'unknown error'}).`, 'Look at it: ls -l cdk.json');
  }
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (error) {
    throw usage(`cdk.json is not valid JSON: ${lineOfJsonError(text, error)}.`, 'Correct that line of cdk.json.');
  }
  if (!isJsonObject(json)) throw usage('cdk.json holds no JSON object.', 'It should look like { "app": "npx tsx bin/app.ts" }.');
  return json;
}

function texts(value: unknown): string[] {
  return Array.isArray(value) ? value.map(String) : [];
}

function number(value: unknown, otherwise: number): number {
  return typeof value === 'number' ? value : otherwise;
}

function section(json: JsonObject, key: string, path: string): JsonObject {
  const value = own(json, key);
  if (value === undefined) return {};
  if (!isJsonObject(value)) throw usage(`${path} in cdk.json is not an object.`, `Write it as "${key}": { … }, or leave it out.`);
  return value;
}

function command(json: JsonObject, key: 'app' | 'build'): string | null {
  const value = own(json, key);
  if (value === undefined) return null;
  if (typeof value !== 'string' || value.trim() === '') throw usage(`"${key}" in cdk.json is not a command.`, `Write it as a text, for example "${key}": "${key === 'app' ? 'npx tsx bin/app.ts' : 'npx tsc'}".`);
  return value;
}

/** The same rule as CDK's, with the ten characters that the bootstrap template takes at most. */
function qualifier(context: JsonObject): string {
  const value = own(context, '@aws-cdk/core:bootstrapQualifier');
  if (value === undefined) return defaultQualifier;
  if (typeof value !== 'string' || !/^[A-Za-z0-9_-]{1,10}$/.test(value)) {
    throw usage('"@aws-cdk/core:bootstrapQualifier" in the context of cdk.json is no qualifier.', 'A qualifier has one to ten letters, digits, dashes or underscores.');
  }
  return value;
}
