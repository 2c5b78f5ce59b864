import { statSync, type Stats } from 'node:fs';
import { join } from 'node:path';
import type { Surroundings } from '../credentials/source';
import { gitState } from '../git/git';
import type { EnvFile } from './gitignore';

/** Of the file itself where `.env` is a link; `null` where there is none, or none that can be looked at. */
function statsOf(path: string): Stats | null {
  try {
    return statSync(path);
  } catch {
    return null;
  }
}

function ownerOf({ uid }: Stats): EnvFile['owner'] {
  const own = process.getuid?.() ?? uid;
  if (own === uid) return 'self';
  return own === 0 ? 'other-than-root' : 'other';
}

/** Looks at `.env` without opening it. A folder of that name, as Python's venv makes it, is no such file. */
export async function readEnvFile({ projectDirectory, environment }: Pick<Surroundings, 'projectDirectory' | 'environment'>): Promise<EnvFile> {
  const stats = statsOf(join(projectDirectory, '.env'));
  const exists = stats !== null && !stats.isDirectory();
  return { git: await gitState(projectDirectory, environment), exists, mode: exists ? stats.mode : null, owner: exists ? ownerOf(stats) : 'self' };
}
