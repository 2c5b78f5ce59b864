import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { awsFilePaths } from '../credentials/profiles/aws-files';
import type { Surroundings } from '../credentials/source';
import { workroomOf } from '../keep/workroom-of';

/**
 * Clears away what a run left beside `.env` and the AWS files, should it have been killed together with the shell that
 * clears behind it, as by a power cut. Where nothing was left it costs a look at three names.
 */
export async function sweepLeft({ environment, home, projectDirectory }: Pick<Surroundings, 'environment' | 'home' | 'projectDirectory'>): Promise<void> {
  const { configPath, credentialsPath } = awsFilePaths({ environment, home });
  const left = [join(projectDirectory, '.env'), credentialsPath, configPath].filter((path) => existsSync(workroomOf(path)));
  if (left.length === 0) return;
  const { sweepWorkroom } = await import('../keep/workroom');
  for (const path of left) await sweepWorkroom(path).catch(() => undefined); // it may not be ours to change
}
