import { usage } from '../failures/failure';
import { nearest } from './nearest';

/** A finding of the check source-secrets that is none: `context.takeoff.allowFindings`. */
export interface AllowedFinding {
  /** Of a file, or of a folder where it ends with a slash, from the project's folder. */
  readonly path: string;
  readonly fingerprint: string;
  /** For who reads cdk.json. */
  readonly reason: string;
}

const forms: ReadonlyMap<string, { readonly form: RegExp; readonly expected: string }> = new Map([
  ['path', { form: /^(?!\/|\.\.?\/|.*\/\.\.?\/)[^\\]+$/, expected: 'the path of a file from the folder of cdk.json, such as "test/keys.ts", or of a folder, such as "test/"' }],
  ['fingerprint', { form: /^[0-9a-f]{16}$/, expected: 'the sixteen digits that the check source-secrets shows' }],
  ['reason', { form: /\S/, expected: 'a text that says why it opens nothing' }],
]);

/** @throws Failure USAGE for an entry that is no object, an unknown key, one that lacks, or a wrong value */
export function readAllowedFindings(entries: readonly unknown[]): readonly AllowedFinding[] {
  return entries.map((entry, index) => {
    const place = `allowFindings[${index}] of context.takeoff in cdk.json`;
    if (typeof entry !== 'object' || entry === null || Array.isArray(entry)) throw usage(`${place} is not an object.`, 'Write it as { "path": "test/keys.ts", "fingerprint": "0123456789abcdef", "reason": "…" }.');
    const values = new Map<string, unknown>(Object.entries(entry));
    for (const key of values.keys()) verifyKnown(key, place);
    const text = (key: string): string => verified(key, values.get(key), place);
    return { path: text('path'), fingerprint: text('fingerprint'), reason: text('reason') };
  });
}

function verifyKnown(key: string, place: string): void {
  if (forms.has(key)) return;
  const near = nearest(key, forms.keys());
  throw usage(`${place} has no setting "${key}".`, near === null ? `It has: ${[...forms.keys()].join(', ')}.` : `Did you mean "${near}"?`);
}

function verified(key: string, value: unknown, place: string): string {
  const known = forms.get(key);
  if (typeof value === 'string' && known?.form.test(value) === true) return value;
  throw usage(value === undefined ? `${place} has no "${key}".` : `"${key}" of ${place} has a wrong value.`, `It must be ${known?.expected ?? 'a text'}.`);
}
