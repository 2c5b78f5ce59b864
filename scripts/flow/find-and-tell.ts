import { findCredentials, type Finding, type SourceLook } from '../credentials/find';
import { sourcesInOrder } from '../credentials/sources';
import { sourcesText } from '../terminal/sources-text';
import type { Run } from './run';

/**
 * Finds credentials, and with `--verbose` tells of every source, also where one of them stops the run. Where none has
 * any, the failure or the menu lists them.
 *
 * @throws Failure
 */
export async function findAndTell({ openLocal, surroundings, options, screen, record }: Run): Promise<Finding> {
  const looks: SourceLook[] = [];
  if (options.verbose) record.sources = looks;
  try {
    return await findCredentials(sourcesInOrder(openLocal), surroundings, (look) => { looks.push(look); });
  } finally {
    if (options.verbose && looks.some(({ state }) => state !== 'none')) screen.line(sourcesText(looks, screen.style));
  }
}
