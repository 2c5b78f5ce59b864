import { lstatSync } from 'node:fs';
import { join } from 'node:path';
import type { Surroundings } from '../credentials/source';
import { gitState } from '../git/git';
import type { EnvFile } from './gitignore';

/** Looks at `.env` without opening it. */
export async function readEnvFile({ projectDirectory, environment }: Pick<Surroundings, 'projectDirectory' | 'environment'>): Promise<EnvFile> {
  const stats = lstatSync(join(projectDirectory, '.env'), { throwIfNoEntry: false });
  return { git: await gitState(projectDirectory, environment), exists: stats !== undefined, mode: stats?.mode ?? null };
}
