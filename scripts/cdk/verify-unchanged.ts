import { changedSince, type SealedAssembly } from '../assembly/seal';
import { Failure } from '../failures/failure';

/** How many paths are named. */
const most = 5;

/**
 * Verifies that what CDK is about to read is what was audited.
 *
 * @param again the person's command, to copy
 * @throws Failure ASSEMBLY_CHANGED
 */
export async function verifyUnchanged({ directory, seal }: Pick<SealedAssembly, 'directory' | 'seal'>, again: string): Promise<void> {
  const changed = await changedSince(seal, directory);
  if (changed.length === 0) return;
  const more = changed.length > most ? ` and ${changed.length - most} more` : '';
  throw new Failure({
    code: 'ASSEMBLY_CHANGED',
    message: `The assembly changed after it was searched for credentials: ${changed.slice(0, most).join(', ')}${more}. Nothing was uploaded.`,
    fix: `Find out what writes to ${directory} (another run, a watching build, a program that should not), and run it again: ${again}`,
  });
}
