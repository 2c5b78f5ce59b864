import { nearest } from '../configuration/nearest';
import { checkIds, type CheckId } from '../failures/check-ids';
import { exitCodes, type FailureCode } from '../failures/exit-codes';
import { usage } from '../failures/failure';
import { checkExplanations } from './checks';
import { codesOfChecks } from './codes-of-checks';
import { codesOfCredentials } from './codes-of-credentials';
import { codesOfRuns } from './codes-of-runs';
import type { Explanation } from './explanation';
import { explainable, explainableText } from './names';

/** Of every code: one that is missing here does not compile. */
export const codeExplanations: Readonly<Record<FailureCode, Explanation>> = { ...codesOfCredentials, ...codesOfChecks, ...codesOfRuns };

/** What `--explain` says. `--json` prints it as it is. */
export interface Explained extends Explanation {
  /** Of an error, or the id of a check. */
  readonly code: string;
  readonly kind: 'error' | 'check';
  /** `null` for a check. */
  readonly exitCode: number | null;
  /** Of an error the checks that fail with it, of a check the codes that it fails with. */
  readonly seeAlso: readonly string[];
}

/**
 * @param asked a code or the id of a check, whatever its case
 * @throws Failure USAGE
 */
export function explain(asked: string): Explained {
  const name = plain(asked);
  const exactly = checkIds.find((one) => one === asked);
  if (exactly !== undefined) return ofCheck(exactly); // as toolchain, and not TOOLCHAIN
  const code = codes.find((one) => plain(one) === name);
  if (code !== undefined) {
    const seeAlso = checkIds.filter((id) => checkExplanations[id].codes.includes(code));
    return { code, kind: 'error', exitCode: exitCodes[code], ...codeExplanations[code], seeAlso };
  }
  const id = checkIds.find((one) => one === name);
  if (id === undefined) throw unknown(asked.trim(), name);
  return ofCheck(id);
}

const codes = Object.keys(exitCodes) as FailureCode[];

function plain(name: string): string {
  return name.trim().toLowerCase().replaceAll('_', '-');
}

function ofCheck(code: CheckId): Explained {
  const { codes: seeAlso, means, why, fix } = checkExplanations[code];
  return { code, kind: 'check', exitCode: null, means, why, fix, seeAlso };
}

function unknown(asked: string, name: string): Error {
  if (asked === '') return usage('--explain needs a code, or the id of a check.', explainableText);
  const ofExit = codes.filter((code) => String(exitCodes[code]) === asked);
  if (ofExit.length > 0) return usage(`${asked} is the exit code of ${ofExit.join(', ')}; --explain takes one of these.`, `npm run preflight -- --explain ${ofExit[0]}`);
  const near = nearest(name, explainable.map(plain)) ?? explainable.map(plain).find((one) => one.includes(name)) ?? null;
  const known = near === null ? undefined : explainable.find((one) => plain(one) === near);
  const shown = /^[\w-]{1,40}$/.test(asked) ? ` ${asked}` : ' that';
  return usage(`--explain does not know${shown}.${known === undefined ? '' : ` The nearest is ${known}.`}`, explainableText);
}
