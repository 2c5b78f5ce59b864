import { usage } from '../failures/failure';
import { nearest } from './nearest';
import { accountShape, regionShape } from './shapes';
import type { TargetEnvironment } from './target-environment';

type Json = Readonly<Record<string, unknown>>;

interface Setting {
  readonly expected: string;
  readonly fits: (value: unknown) => boolean;
}

const settings: ReadonlyMap<string, Setting> = new Map([
  ['account', { expected: 'an account id, a text of twelve digits', fits: (value) => typeof value === 'string' && accountShape.test(value) }],
  ['region', { expected: 'a region, a text such as "us-west-2"', fits: (value) => typeof value === 'string' && regionShape.test(value) }],
  ['profile', { expected: 'the name of a profile of the AWS CLI', fits: (value) => typeof value === 'string' && value.trim() !== '' }],
  ['confirm', { expected: '"yes" or "type-name"', fits: (value) => value === 'yes' || value === 'type-name' }],
]);

/** A name that is one word of a command line, and cannot be taken for an option. */
const nameShape = /^[A-Za-z0-9][\w.-]{0,63}$/;

/**
 * `context.takeoff.environments`, in the order of the file.
 *
 * @param allowed the `accounts` and `regions` beside it; any where empty
 * @throws Failure USAGE for an unknown key, a wrong value, or a place that is not allowed
 */
export function readEnvironments(environments: Json, allowed: { readonly accounts: readonly string[]; readonly regions: readonly string[] }): readonly TargetEnvironment[] {
  return Object.entries(environments).map(([name, value]) => {
    const path = `environments.${name} of context.takeoff in cdk.json`;
    if (!nameShape.test(name)) throw usage(`${JSON.stringify(name)} of context.takeoff.environments in cdk.json cannot be given as --env NAME.`, 'A name has letters, digits, dots, dashes and underscores, and begins with a letter or a digit.');
    if (typeof value !== 'object' || value === null || Array.isArray(value)) throw usage(`${path} is not an object.`, `Write it as "${name}": { "account": "123456789012", "region": "us-west-2", "profile": "${name}" }.`);
    const entries = new Map(Object.entries(value));
    for (const [key, said] of entries) verifySetting(key, said, path);
    const environment = environmentOf(name, entries);
    verifyAllowed(environment.account, 'account', allowed.accounts, path);
    verifyAllowed(environment.region, 'region', allowed.regions, path);
    return environment;
  });
}

function verifySetting(key: string, value: unknown, path: string): void {
  const setting = settings.get(key);
  if (setting === undefined) {
    const known = [...settings.keys()];
    const near = nearest(key, known);
    throw usage(`${path} has no setting "${key}".`, near === null ? `It has: ${known.join(', ')}.` : `Did you mean "${near}"?`);
  }
  if (!setting.fits(value)) throw usage(`"${key}" of ${path} has a wrong value.`, `It must be ${setting.expected}.`);
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
