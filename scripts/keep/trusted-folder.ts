import { realpath, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { shellWord } from '../process/shell-word';
import { refused } from './refused';

/** The owner of what belongs to nobody in this container. https://man7.org/linux/man-pages/man7/user_namespaces.7.html */
const nobody = 65_534;

/** What lets another user put another file in place of one in the folder; `null` where nothing does. */
function opening({ mode, uid, gid }: { readonly mode: number; readonly uid: number; readonly gid: number }): string | null {
  const [own, group] = [process.getuid?.() ?? 0, process.getgid?.() ?? 0];
  if (own !== 0 && uid !== own && uid !== 0 && uid !== nobody) return 'belongs to another user';
  if ((mode & 0o1000) !== 0) return null; // sticky: nobody else renames or removes what is ours
  if ((mode & 0o002) !== 0) return 'can be written by every user of this machine';
  // A person's own group, of which most systems have one for each, has nobody else in it.
  return (mode & 0o020) !== 0 && gid !== group && gid !== 0 ? 'can be written by a group of users' : null;
}

/**
 * Verifies the folder that `path` is in, by its real name, and those above it.
 *
 * @throws Failure BAD_CONFIG_FILE where other users could change what is in it
 */
export async function verifyFolder(path: string): Promise<void> {
  for (let folder = await realpath(dirname(path)); ; folder = dirname(folder)) {
    const why = opening(await stat(folder));
    if (why !== null) throw refused(path, `the folder ${folder} ${why}, who could put another file in its place`, `chmod go-w ${shellWord(folder)}   (or choose another place)`);
    if (folder === dirname(folder)) return;
  }
}
