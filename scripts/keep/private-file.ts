import { randomBytes } from 'node:crypto';
import { constants } from 'node:fs';
import { lstat, mkdir, open, rename, unlink, type FileHandle } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { Failure } from '../failures/failure';

/** Read and written as latin1, so that bytes which are no UTF-8 stay what they are. What we write is ASCII. */
const encoding = 'latin1';

function refused(path: string, why: string, fix: string, cause?: unknown): Failure {
  return new Failure({ code: 'BAD_CONFIG_FILE', message: `Credentials are not written to ${path}: ${why}.`, fix, cause });
}

/**
 * Where `path` is something that credentials do not belong in, and a rename would break or leave readable.
 *
 * @throws Failure BAD_CONFIG_FILE for a symbolic link, a file with further names, a directory, a FIFO, a device
 */
function verifyOrdinary(path: string, { isFile, isLink, names }: { isFile: boolean; isLink: boolean; names: number }): void {
  const look = `Look at it: ls -li ${path}`;
  if (isLink) throw refused(path, 'it is a symbolic link, and what it points to is not ours to replace', `${look}   (then put a file in its place, or choose another place)`);
  if (!isFile) throw refused(path, 'it is not a regular file', look);
  if (names > 1) throw refused(path, `it has ${names} names (hard links), and under the others the old text would stay`, `${look}   (then copy it: cp ${path} ${path}.new && mv ${path}.new ${path})`);
}

function explain(path: string, error: unknown): unknown {
  const { code } = error as NodeJS.ErrnoException;
  if (error instanceof Failure || code === undefined) return error;
  if (code === 'ELOOP') return refused(path, 'it is a symbolic link', `Look at it: ls -l ${path}`, error);
  return refused(path, `the system says ${code}`, `Check that the folder is yours and has room: ls -ld ${dirname(path)}`, error);
}

/**
 * The text of a file in which credentials are to be kept, `null` where there is none. Follows no symbolic link.
 *
 * @throws Failure BAD_CONFIG_FILE
 */
export async function readPrivateFile(path: string): Promise<string | null> {
  let file: FileHandle | undefined;
  try {
    const before = await lstat(path);
    verifyOrdinary(path, { isFile: before.isFile(), isLink: before.isSymbolicLink(), names: before.nlink });
    file = await open(path, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK);
    const opened = await file.stat();
    verifyOrdinary(path, { isFile: opened.isFile(), isLink: false, names: opened.nlink });
    return await file.readFile(encoding);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw explain(path, error);
  } finally {
    await file?.close();
  }
}

/**
 * Replaces the file by `text` in one step: whoever looks sees the old file or the new one, and after a power cut too.
 * Its mode is 0600 whatever the umask, and whatever it was before. A folder that lacks is made with 0700.
 *
 * @throws Failure BAD_CONFIG_FILE
 */
export async function writePrivateFile(path: string, text: string): Promise<void> {
  const folder = dirname(path);
  const temporary = join(folder, `.${basename(path)}.${randomBytes(6).toString('hex')}`);
  let made = false;
  try {
    await mkdir(folder, { recursive: true, mode: 0o700 });
    await writeNew(temporary, text, () => { made = true; });
    await readPrivateFile(path); // once more: it may have become something else meanwhile
    await rename(temporary, path);
    made = false;
    await syncFolder(folder);
  } catch (error) {
    throw explain(path, error);
  } finally {
    if (made) await unlink(temporary).catch(() => undefined);
  }
}

async function writeNew(path: string, text: string, onMade: () => void): Promise<void> {
  const file = await open(path, 'wx', 0o600);
  onMade();
  try {
    await file.chmod(0o600);
    await file.writeFile(text, encoding);
    await file.sync();
  } finally {
    await file.close();
  }
}

/** Makes the rename last. */
async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, constants.O_RDONLY | constants.O_DIRECTORY);
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
