import type { GitState } from '../git/git';
import type { Check } from './check';
import { fail, pass, skip, warn } from './result';

/** `.env` as git and the file system see it. */
export interface EnvFile {
  readonly git: GitState;
  readonly exists: boolean;
  /** Permission bits; `null` where there is no such file. */
  readonly mode: number | null;
}

const addLine = "echo '.env' >> .gitignore";

/** That git would not take `.env` along. */
export const gitignore: Check<EnvFile> = {
  id: 'gitignore',
  run({ git, exists }) {
    switch (git.kind) {
      case 'no-repository': return skip('gitignore', 'this folder is in no git repository');
      case 'unknown': return warn('gitignore', `Cannot tell whether git ignores .env: ${git.why}.`, null);
      case 'repository':
        if (git.ignored || git.tracked) return pass('gitignore', git.ignored ? 'git ignores .env' : 'git tracks .env already: see env-file');
        return exists
          ? fail('gitignore', 'ENV_FILE_NOT_IGNORED', 'git does not ignore .env, so that the next git add could commit credentials.', addLine)
          : warn('gitignore', 'git does not ignore .env; there is none yet.', addLine);
    }
  },
};
