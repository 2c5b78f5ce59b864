import { usage } from '../failures/failure';
import { isJsonObject } from './json-object';
import { textSetting, verifySetting, type Settings } from './setting';

/** A finding of the check source-secrets that is none: `context.takeoff.allowFindings`. */
export interface AllowedFinding {
  /** Of a file, or of a folder where it ends with a slash, from the project's folder. */
  readonly path: string;
  readonly fingerprint: string;
  /** For who reads cdk.json. */
  readonly reason: string;
}

const settings: Settings = new Map([
  ['path', textSetting(/^(?!\/|\.\.?\/|.*\/\.\.?\/)[^\\]+$/, 'the path of a file from the folder of cdk.json, such as "test/keys.ts", or of a folder, such as "test/"')],
  ['fingerprint', textSetting(/^[0-9a-f]{16}$/, 'the sixteen digits that the check source-secrets shows')],
  ['reason', textSetting(/\S/, 'a text that says why it opens nothing')],
]);

/** @throws Failure USAGE for an entry that is no object, an unknown key, one that lacks, or a wrong value */
export function readAllowedFindings(entries: readonly unknown[]): readonly AllowedFinding[] {
  return entries.map((entry, index) => {
    const place = `allowFindings[${index}] of context.takeoff in cdk.json`;
    if (!isJsonObject(entry)) throw usage(`${place} is not an object.`, 'Write it as { "path": "test/keys.ts", "fingerprint": "0123456789abcdef", "reason": "…" }.');
    const values = new Map<string, unknown>(Object.entries(entry));
    for (const [key, value] of values) verifySetting(settings, key, value, place);
    const text = (key: string): string => textOf(key, values.get(key), place);
    return { path: text('path'), fingerprint: text('fingerprint'), reason: text('reason') };
  });
}

function textOf(key: string, value: unknown, place: string): string {
  if (typeof value === 'string') return value;
  throw usage(`${place} has no "${key}".`, `It must be ${settings.get(key)?.expected ?? 'a text'}.`);
}
