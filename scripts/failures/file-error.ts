/** What the system says where a file cannot be made or written. https://man7.org/linux/man-pages/man3/errno.3.html */
const reasons: ReadonlyMap<string, string> = new Map([
  ['ENOSPC', 'the disk is full'],
  ['EDQUOT', 'the quota of the disk is used up'],
  ['EFBIG', 'it would be larger than a file may be here (ulimit -f)'],
  ['EROFS', 'the file system is read-only'],
  ['EACCES', 'you may not read or write there'],
  ['EPERM', 'you may not read or write there'],
  ['ENOTDIR', 'a file stands where a folder belongs'],
  ['EEXIST', 'a file stands where a folder belongs'],
  ['EISDIR', 'a folder stands where a file belongs'],
  ['EMFILE', 'too many files are open (ulimit -n)'],
  ['EIO', 'the disk does not work'],
]);

/** Why a file cannot be used, as a part of a sentence; `null` where `error` is none of the file system's that is known. */
export function reasonOfFileError({ code = '', syscall }: Pick<NodeJS.ErrnoException, 'code' | 'syscall'>): string | null {
  // Of a folder that cannot be made on a read-only disk Node says that it is not there.
  if (code === 'ENOENT' && syscall === 'mkdir') return 'it cannot be made, as where the file system is read-only';
  return reasons.get(code) ?? null;
}
