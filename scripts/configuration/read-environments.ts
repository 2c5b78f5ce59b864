import { usage } from '../failures/failure';
import { isJsonObject, type JsonObject } from './json-object';
import { textSetting, verifySetting, type Settings } from './setting';
import { accountShape, regionShape } from './shapes';
import type { TargetEnvironment } from './target-environment';

const settings: Settings = new Map([
  ['account', textSetting(accountShape, 'an account id, a text of twelve digits')],
  ['region', textSetting(regionShape, 'a region, a text such as "us-west-2"')],
  ['profile', textSetting(/\S/, 'the name of a profile of the AWS CLI')],
  ['confirm', textSetting(/^(?:yes|type-name)$/, '"yes" or "type-name"')],
]);

/** A name that is one word of a command line, and cannot be taken for an option. */
const nameShape = /^[A-Za-z0-9][\w.-]{0,63}$/;

/**
 * `context.takeoff.environments`, in the order of the file.
 *
 * @param allowed the `accounts` and `regions` beside it; any where empty
 * @throws Failure USAGE for an unknown key, a wrong value, or a place that is not allowed
 */
export function readEnvironments(environments: JsonObject, allowed: { readonly accounts: readonly string[]; readonly regions: readonly string[] }): readonly TargetEnvironment[] {
  return Object.entries(environments).map(([name, value]) => {
    const path = `environments.${name} of context.takeoff in cdk.json`;
    if (!nameShape.test(name)) throw usage(`${JSON.stringify(name)} of context.takeoff.environments in cdk.json cannot be given as --env NAME.`, 'A name has letters, digits, dots, dashes and underscores, and begins with a letter or a digit.');
    if (!isJsonObject(value)) throw usage(`${path} is not an object.`, `Write it as "${name}": { "account": "123456789012", "region": "us-west-2", "profile": "${name}" }.`);
    const entries = new Map(Object.entries(value));
    for (const [key, said] of entries) verifySetting(settings, key, said, path);
    const environment = environmentOf(name, entries);
    verifyAllowed(environment.account, 'account', allowed.accounts, path);
    verifyAllowed(environment.region, 'region', allowed.regions, path);
    return environment;
  });
}

function environmentOf(name: string, said: ReadonlyMap<string, unknown>): TargetEnvironment {
  const text = (key: string): string | null => {
    const value = said.get(key);
    return typeof value === 'string' ? value : null;
  };
  return { name, account: text('account'), region: text('region'), profile: text('profile'), confirm: text('confirm') === 'type-name' ? 'type-name' : 'yes' };
}

function verifyAllowed(value: string | null, what: 'account' | 'region', allowed: readonly string[], path: string): void {
  if (value === null || allowed.length === 0 || allowed.includes(value)) return;
  throw usage(`${path} is for ${what} ${value}, and "${what}s" beside it allows only ${allowed.join(', ')}.`, `Add it to "${what}s", or correct the environment.`);
}
