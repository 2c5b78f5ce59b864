import { asFailure } from '../../scripts/flow/as-failure';

function errno(code: string, syscall: string, path?: string): Error {
  return Object.assign(new Error(`${code}: ${syscall}`), { code, syscall, ...(path === undefined ? {} : { path }) });
}

test.each([
  ['EACCES', 'open', '.takeoff/x', /^\.takeoff\/x cannot be used: you may not read or write there \(EACCES\)\.$/],
  ['ENOENT', 'mkdir', '.takeoff/local', /^\.takeoff\/local cannot be used: it cannot be made, as where the file system is read-only \(ENOENT\)\.$/],
  ['ENOSPC', 'write', undefined, /^A file of this run cannot be used: the disk is full \(ENOSPC\)\.$/],
] as const)('%s of %s is the file system\'s', (code, syscall, path, words) => {
  expect(asFailure(errno(code, syscall, path), false)).toMatchObject({ code: 'FILE_SYSTEM', exitCode: 1, message: expect.stringMatching(words) as string });
});

test('a path with a space is one word of the command', () => {
  expect(asFailure(errno('EACCES', 'open', '/mnt/c/My Files/x'), false).fix).toContain("ls -ld '/mnt/c/My Files/x';");
});

test.each([['EACCES', 'spawn git', 'git'], ['EPERM', 'kill', undefined], ['EMFILE', 'connect', undefined], ['EACCES', 'listen', undefined], ['ECONNRESET', 'read', undefined]])('%s of %s is no matter of files', (code, syscall, path) => {
  expect(asFailure(errno(code, syscall, path), false)).toMatchObject({ code: 'INTERNAL' });
});
