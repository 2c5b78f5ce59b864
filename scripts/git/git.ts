import { existsSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import type { Environment } from '../process/environment';
import { capture } from '../process/spawn';

/** Whether the last commit has the file, or only the next one would. */
type Tracked = 'committed' | 'staged';

/** What git says of one file of the project. */
export type GitState =
  | { readonly kind: 'repository'; readonly ignored: boolean; readonly tracked: false | Tracked }
  | { readonly kind: 'no-repository' }
  /** There is a repository, and git is not installed or refuses to look at it. */
  | { readonly kind: 'unknown'; readonly why: string };

/** Has git ignore `.env`. Begins with a line break: the file may end without one, and the name would be glued to the last line. */
export const ignoreCommand = String.raw`printf '\n.env\n' >> .gitignore`;

/** Takes `.env` out of git and keeps the file. Without `-f` git refuses where the file differs from what is staged, and the next commit would take that along. */
export const untrackCommand = 'git rm --cached -f .env';

/** What to do about a `.env` that git tracks: commands, a line each, and words. */
export function untracking(tracked: Tracked): string {
  return tracked === 'committed'
    ? `${untrackCommand}   (keeps the file)\ngit commit -m "Stop tracking .env"\nThen rotate the keys that it held: the history still has them.`
    : `${untrackCommand}   (keeps the file)\nThen rotate the keys that it held, if a commit ever had them: git log --all --oneline -- .env`;
}

/** What git needs to find its program and the person's own ignore rules; no AWS variable, and no GIT_DIR of another repository. */
const passed = ['PATH', 'HOME', 'XDG_CONFIG_HOME'];

/**
 * Whether git ignores and tracks `file`, a path relative to the project. Where no folder above has a repository no
 * program is run. What git tracks it does not call ignored, so that of an ignored file there is no more to ask.
 */
export async function gitState(projectDirectory: string, environment: Environment, file = '.env'): Promise<GitState> {
  if (!isInRepository(projectDirectory)) return { kind: 'no-repository' };
  const { ending, stderr } = await git(projectDirectory, environment, ['check-ignore', '--quiet', '--', file]);
  if (ending.kind === 'spawn-failed') return { kind: 'unknown', why: 'git is not installed' };
  if (ending.kind !== 'exited' || ending.code > 1) return { kind: 'unknown', why: whyUnknown(stderr) };
  if (ending.code === 0) return { kind: 'repository', ignored: true, tracked: false };
  const listing = await git(projectDirectory, environment, ['ls-files', '--cached', '-z', '--', file]);
  if (listing.ending.kind !== 'exited' || listing.ending.code !== 0) return { kind: 'unknown', why: whyUnknown(listing.stderr) };
  if (listing.stdout === '') return { kind: 'repository', ignored: false, tracked: false };
  const committed = await git(projectDirectory, environment, ['ls-tree', '--name-only', 'HEAD', '--', file]); // fails where there is no commit yet
  return { kind: 'repository', ignored: false, tracked: committed.stdout === '' ? 'staged' : 'committed' };
}

/** Whether `directory`, or a folder above it, has a `.git`. */
export function isInRepository(directory: string): boolean {
  for (let folder = resolve(directory); ; folder = dirname(folder)) {
    if (existsSync(join(folder, '.git'))) return true;
    if (folder === dirname(folder)) return false;
  }
}

function git(cwd: string, environment: Environment, args: readonly string[]): ReturnType<typeof capture> {
  return capture(gitCommand(cwd, environment, args));
}

/** How git is run: with nothing of the shell's that could lead it to another repository, and nothing of the repository run by it. */
export function gitCommand(cwd: string, environment: Environment, args: readonly string[]): Parameters<typeof capture>[0] {
  const env = Object.fromEntries(passed.flatMap((name): [string, string][] => {
    const value = environment[name];
    return value === undefined ? [] : [[name, value]];
  }));
  // A repository's own settings may name a program to watch its files with; and what is not here is not fetched.
  return { file: 'git', args: ['-c', 'core.fsmonitor=false', ...args], cwd, env: { ...env, LC_ALL: 'C', GIT_OPTIONAL_LOCKS: '0', GIT_NO_LAZY_FETCH: '1' } };
}

/** Why git does not tell. */
export function whyUnknown(stderr: string): string {
  return /dubious ownership/.test(stderr) ? 'the repository belongs to another user, so that git refuses to look at it' : 'git could not read the repository';
}
