import { join } from 'node:path';
import { readTextFile } from '../credentials/read-text-file';
import { Failure } from '../failures/failure';
import { writePrivateFile } from '../keep/private-file';

/** What a person wants done with long-term keys: exchange them, use them this once, or use them and never be asked again. */
export type Choice = 'exchange' | 'keys' | 'never';

/** What is kept of it from run to run. */
export interface Remembered {
  readonly choice: Choice;
  /** Of the MFA device that the person named, where IAM did not tell. */
  readonly mfaSerial?: string;
}

/** Where the choices are kept: in the ignored cache, since they are no secret, and each person's own. */
export function choiceFile(cache: string): string {
  return join(cache, 'long-term-keys.json');
}

const choices: ReadonlySet<unknown> = new Set<Choice>(['exchange', 'keys', 'never']);

/** What the user of `arn` chose before, `null` where nothing is remembered. */
export function readChoice(cache: string, arn: string): Remembered | null {
  const one = choicesIn(choiceFile(cache)).get(arn);
  if (typeof one !== 'object' || one === null || !('choice' in one) || !choices.has(one.choice)) return null;
  const serial = 'mfaSerial' in one && typeof one.mfaSerial === 'string' ? { mfaSerial: one.mfaSerial } : {};
  return { choice: one.choice as Choice, ...serial };
}

/** Keeps what the user of `arn` chose. Where that cannot be kept, the person is asked again in the next run. */
export async function keepChoice(cache: string, arn: string, remembered: Remembered): Promise<void> {
  const path = choiceFile(cache);
  const all = new Map([...choicesIn(path), [arn, remembered]]);
  try {
    await writePrivateFile(path, `${JSON.stringify(Object.fromEntries(all), null, 2)}\n`);
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
  }
}

function choicesIn(path: string): ReadonlyMap<string, unknown> {
  const file = readTextFile(path);
  try {
    const value: unknown = JSON.parse(file.kind === 'text' ? file.text : '{}');
    return new Map(typeof value === 'object' && value !== null ? Object.entries(value) : []);
  } catch {
    return new Map();
  }
}
