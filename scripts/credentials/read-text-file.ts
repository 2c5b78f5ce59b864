import { closeSync, constants, fstatSync, openSync, readFileSync } from 'node:fs';
import { devNull, homedir } from 'node:os';

/** Bytes. A file of 20,000 profiles is smaller. */
const largest = 4 * 1024 * 1024;

/** What lies at a path. */
export type TextFile =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'absent' }
  /** There, and of no use: `why` ends a sentence that begins with the file's name. */
  | { readonly kind: 'unusable'; readonly why: string };

/** Why a directory is of no use. */
export const isDirectory = 'is a directory, not a file';

const reasons: ReadonlyMap<string, string> = new Map([
  ['EACCES', 'may not be read: permission denied'],
  ['EPERM', 'may not be read: permission denied'],
  ['ELOOP', 'is a symbolic link that leads to itself'],
  ['ENAMETOOLONG', 'has a name that is too long'],
  ['ENXIO', 'is a socket, not a file'],
]);

/** Reads a small text file that somebody else wrote. Never waits: a FIFO or a device is opened without blocking, and not read. */
export function readTextFile(path: string): TextFile {
  if (path === devNull) return { kind: 'text', text: '' };
  let descriptor: number;
  try {
    descriptor = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK);
  } catch (error) {
    return unopened(error as NodeJS.ErrnoException);
  }
  try {
    const status = fstatSync(descriptor);
    if (status.isDirectory()) return { kind: 'unusable', why: isDirectory };
    if (!status.isFile()) return { kind: 'unusable', why: 'is a pipe or a device, not a file' };
    if (status.size > largest) return { kind: 'unusable', why: `is too large: ${Math.ceil(status.size / 1024 / 1024)} MB` };
    return decode(readFileSync(descriptor));
  } catch (error) {
    return { kind: 'unusable', why: reasonOf(error as NodeJS.ErrnoException) };
  } finally {
    closeSync(descriptor);
  }
}

function unopened(error: NodeJS.ErrnoException): TextFile {
  if (error.code === 'ENOENT' || error.code === 'ENOTDIR') return { kind: 'absent' };
  return { kind: 'unusable', why: reasonOf(error) };
}

function reasonOf({ code }: NodeJS.ErrnoException): string {
  return reasons.get(code ?? '') ?? `cannot be read (${code ?? 'unknown error'})`;
}

function decode(bytes: Buffer): TextFile {
  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(bytes); // and takes a byte order mark away
  } catch {
    return { kind: 'unusable', why: 'is not UTF-8 text' };
  }
  if (text.includes('\0')) return { kind: 'unusable', why: 'is binary, not text' };
  if (/\r(?!\n)/.test(text) && !text.includes('\n')) return { kind: 'unusable', why: 'has line ends of old Macs (CR without LF)' };
  return { kind: 'text', text };
}

/** `path` as people write it: `~` for the home. */
export function shortPath(path: string, home: string = homedir()): string {
  return home !== '' && path.startsWith(`${home}/`) ? `~${path.slice(home.length)}` : path;
}
