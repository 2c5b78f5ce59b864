import type { Node } from 'constructs';
import type { DeployRole } from './deploy-role';
import { UsageError } from './usage-error';

/** What `-c KEY=VALUE` says. Each error names the key, and shows a whole command. */
export interface Context {
  /** That command. */
  readonly example: string;
  /** `undefined` where the key is absent or empty. */
  readonly text: (key: string) => string | undefined;
  /** @throws UsageError where the value has another form. */
  readonly matching: (key: string, form: RegExp, expected: string) => string | undefined;
  /** @throws UsageError where the value is neither true nor false. */
  readonly flag: (key: string) => boolean;
  /** @throws UsageError where one of `keys` is given: they are another role's. */
  readonly refuse: (keys: readonly string[], why: string) => void;
}

/**
 * What the command line, or cdk.json, says for `node`.
 *
 * @param example the whole command that errors show
 */
export function contextOf(node: Node, example: string): Context {
  const text = (key: string): string | undefined => {
    const value: unknown = node.tryGetContext(key);
    const said = typeof value === 'string' ? value.trim() : typeof value === 'boolean' || typeof value === 'number' ? String(value) : '';
    return said === '' ? undefined : said;
  };
  const refused = (key: string, problem: string): UsageError => new UsageError(`-c ${key} ${problem}`, example);
  return {
    example,
    text,
    matching(key, form, expected) {
      const value = text(key);
      if (value !== undefined && !form.test(value)) throw refused(key, `must be ${expected}.`);
      return value;
    },
    flag(key) {
      const value = text(key) ?? 'false';
      if (value !== 'true' && value !== 'false') throw refused(key, 'must be true or false.');
      return value === 'true';
    },
    refuse(keys, why) {
      for (const key of keys) if (text(key) !== undefined) throw refused(key, why);
    },
  };
}

/** An issuer's URL without a slash at its end. One of this machine, which only an emulator can know, needs no TLS. */
export function issuerUrl(context: Context, key: string, otherwise: string): string {
  const url = context.matching(key, /^(?:https:\/\/[\w.-]+|http:\/\/127\.0\.0\.1:\d+)(?:\/[\w./-]*)?$/, 'the https:// URL of the issuer, without a port');
  // CDK makes providers for https:// only.
  if (url?.startsWith('http:') === true && !importsProvider(context)) throw new UsageError(`-c ${key} with http:// needs -c oidcProvider=import.`, context.example);
  return (url ?? otherwise).replace(/\/+$/, '');
}

/** The branch whose jobs are meant. A `*` is a wildcard of StringLike. */
export function branchOf(context: Context): string | undefined {
  return context.matching('branch', /^[\w.-]+(?:\/[\w.-]+)*(?:\/\*)?$/, 'the name of a branch; a * can only stand for all that follows a slash, as in release/*');
}

/** Whether the account's provider is imported, since an account can have only one for an issuer. */
export function importsProvider(context: Context): boolean {
  return context.matching('oidcProvider', /^import$/, '"import", where the account has the provider already') === 'import';
}

/** Where `-c smokeTest=true` asks for it, lets the role make the requests that only read, after a deploy. */
export function allowSmokeTest(context: Context, deployRole: DeployRole): void {
  const apiId = context.matching('apiId', /^[a-z0-9]{1,32}$/, 'the id of an HTTP API, as its address begins');
  if (context.flag('smokeTest')) deployRole.maySmokeTest(apiId);
}
