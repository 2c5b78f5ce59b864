import { existsSync, lstatSync } from 'node:fs';
import { join } from 'node:path';
import { envFile } from '../checks/env-file';
import { gitignore } from '../checks/gitignore';
import { readEnvFile } from '../checks/read-env-file';
import { Failure } from '../failures/failure';
import { ignoreDotenv } from '../keep/ignore-dotenv';
import { tighten } from '../keep/tighten';
import type { Run } from './run';

/** Asks a person: yes or no. */
type Ask = (question: { readonly message: string; readonly default: boolean }) => Promise<boolean>;

/**
 * Offers what the checks of `.env` would complain of: a line for .gitignore, and mode 0600. Before credentials are looked
 * for: a `.env` that git would take along is not read. Where the answer is no, the checks say it.
 *
 * @throws Failure
 */
export async function mendEnvFile({ surroundings, canAsk, screen }: Pick<Run, 'surroundings' | 'canAsk' | 'screen'>, ask: Ask = askPerson): Promise<void> {
  const path = join(surroundings.projectDirectory, '.env');
  if (!canAsk || !existsSync(path)) return;
  const file = await readEnvFile(surroundings);
  if ((await gitignore.run(file)).status === 'fail' && await ask({ message: 'git does not ignore .env, and could take along what is in it. Add the line ".env" to .gitignore?', default: false })) {
    await ignoreDotenv(surroundings.projectDirectory);
    screen.line('Added to .gitignore: .env');
  }
  const { status, message } = await envFile.run(file);
  // Of a link, and of what belongs to another, the mode is not ours to change: the check says how.
  if (status !== 'warn' || file.owner === 'other' || lstatSync(path).isSymbolicLink()) return;
  if (await ask({ message: `${message} Let only you?`, default: true })) screen.line(await tightened(path));
}

/** What became of it: a file system may refuse, as one that is mounted from elsewhere does, and the run goes on all the same. */
async function tightened(path: string): Promise<string> {
  try {
    await tighten(path);
    return '.env has mode 0600 now.';
  } catch (error) {
    if (error instanceof Failure) return error.message;
    throw error;
  }
}

const askPerson: Ask = async (question) => (await import('../terminal/prompts')).confirm(question);
