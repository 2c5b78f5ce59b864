import { ignoreCommand, type GitState } from '../git/git';
import type { Check } from './check';
import { fail, pass, skip, warn } from './result';

/** `.env` as git and the file system see it. */
export interface EnvFile {
  readonly git: GitState;
  readonly exists: boolean;
  /** Permission bits; `null` where there is no such file. */
  readonly mode: number | null;
  /** Whose it is, seen from who runs this: `other-than-root` is one of another user, and root runs this, who may change it. */
  readonly owner: 'self' | 'other' | 'other-than-root';
}

/** That git would not take `.env` along. */
export const gitignore: Check<EnvFile> = {
  id: 'gitignore',
  run({ git, exists }) {
    if (git.kind === 'no-repository') return skip('gitignore', 'this folder is in no git repository');
    if (git.kind === 'unknown') return warn('gitignore', `Cannot tell whether git ignores .env: ${git.why}.`, 'git status   (shows what git makes of this folder)');
    if (git.tracked !== false) return skip('gitignore', 'git tracks .env, so that ignoring it has no effect: see env-file');
    if (git.ignored) return pass('gitignore', 'git ignores .env');
    return exists
      ? fail('gitignore', 'ENV_FILE_NOT_IGNORED', 'git does not ignore .env: the next git add could commit the credentials in it.', ignoreCommand)
      : warn('gitignore', 'git does not ignore .env; there is none yet, and one could be committed later.', ignoreCommand);
  },
};
