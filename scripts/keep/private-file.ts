import { constants } from 'node:fs';
import { lstat, mkdir, open, rename, rm, type FileHandle } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { Failure } from '../failures/failure';
import { shellWord } from '../process/shell-word';
import { refused, unwritable } from './refused';
import { verifyFolder } from './trusted-folder';
import { withWorkroom } from './workroom';

/** Read and written as latin1, so that bytes which are no UTF-8 stay what they are. What we write is ASCII. */
const encoding = 'latin1';

/** How often another program may change the file while it is being changed. */
const attempts = 5;

interface Ordinary {
  readonly isFile: boolean;
  readonly isLink: boolean;
  /** How many names it has. */
  readonly names: number;
  readonly owner: number;
}

/**
 * Verifies that credentials can be kept in what is at `path`, which a rename is to replace.
 *
 * @throws Failure BAD_CONFIG_FILE for a symbolic link, a file with further names, a directory, a FIFO, a device, another user's
 */
function verifyOrdinary(path: string, { isFile, isLink, names, owner }: Ordinary): void {
  const [name, copy] = [shellWord(path), shellWord(`${path}.new`)];
  const look = `Look at it: ls -li ${name}`;
  if (isLink) throw refused(path, 'it is a symbolic link, and what it points to is not ours to replace', `${look}   (then put a file in its place, or choose another place)`);
  if (!isFile) throw refused(path, 'it is not a regular file', look);
  if (names > 1) throw refused(path, `it has ${names} names (hard links), and under the others the old text would stay`, `${look}\nThen put a copy in its place: cp -p ${name} ${copy} && mv ${copy} ${name}`);
  const own = process.getuid?.() ?? owner;
  if (own !== 0 && owner !== own) throw refused(path, 'it belongs to another user', look);
}

function explain(path: string, error: unknown): unknown {
  const { code } = error as NodeJS.ErrnoException;
  if (error instanceof Failure || code === undefined) return error;
  if (code === 'ELOOP') return refused(path, 'it is a symbolic link', `Look at it: ls -l ${shellWord(path)}`, error);
  return unwritable(path, error as NodeJS.ErrnoException);
}

/**
 * The text of a file in which credentials are to be kept, `null` where there is none. Follows no symbolic link.
 *
 * @throws Failure BAD_CONFIG_FILE, also where other users could change the folder; FILE_SYSTEM where the system refuses
 */
export async function readPrivateFile(path: string): Promise<string | null> {
  let file: FileHandle | undefined;
  try {
    await verifyFolder(path);
    const before = await lstat(path);
    verifyOrdinary(path, { isFile: before.isFile(), isLink: before.isSymbolicLink(), names: before.nlink, owner: before.uid });
    file = await open(path, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK);
    const opened = await file.stat();
    verifyOrdinary(path, { isFile: opened.isFile(), isLink: false, names: opened.nlink, owner: opened.uid });
    return await file.readFile(encoding);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw explain(path, error);
  } finally {
    await file?.close();
  }
}

/**
 * Changes the file in one step: whoever looks sees the old one or the new one, and after a power cut too. Its mode is 0600
 * whatever the umask, and whatever it was before. A folder that is missing is made with 0700. Two runs at once change it one
 * after the other; where another program has changed it meanwhile, `change` is applied to what that wrote.
 *
 * @throws Failure BAD_CONFIG_FILE; FILE_SYSTEM where the disk is full or read-only; BUSY where another run does not end; what
 *   `change` throws. The file is then as it was
 */
export async function editPrivateFile(path: string, change: (text: string) => string): Promise<void> {
  try {
    await mkdir(dirname(path), { recursive: true, mode: 0o700 });
    await verifyFolder(path);
    await withWorkroom(path, async (folder) => {
      for (let attempt = 1; attempt <= attempts; attempt++) {
        const before = await readPrivateFile(path);
        if (await replaced(path, before, change(before ?? ''), folder)) return;
      }
      throw refused(path, 'another program changes it all the time', 'End that program, and run the same command again.');
    });
  } catch (error) {
    throw explain(path, error);
  }
}

/** Replaces the whole of it, as {@link editPrivateFile} does. */
export async function writePrivateFile(path: string, text: string): Promise<void> {
  await editPrivateFile(path, () => text);
}

/** @returns whether it was; not where it is no longer what it was `before` */
async function replaced(path: string, before: string | null, text: string, folder: string): Promise<boolean> {
  const whole = join(folder, basename(path));
  try {
    await writeNew(whole, text);
    if (await readPrivateFile(path) !== before) return false;
    await rename(whole, path);
    await syncFolder(dirname(path));
    return true;
  } finally {
    await rm(whole, { force: true });
  }
}

async function writeNew(path: string, text: string): Promise<void> {
  const file = await open(path, 'wx', 0o600);
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
