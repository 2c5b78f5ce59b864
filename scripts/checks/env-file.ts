import { untracking } from '../git/git';
import type { Check } from './check';
import type { EnvFile } from './gitignore';
import { fail, pass, skip, warn } from './result';

/** That `.env` is committed nowhere and read by nobody else. */
export const envFile: Check<EnvFile> = {
  id: 'env-file',
  run({ git, exists, mode, owner }) {
    if (git.kind === 'repository' && git.tracked !== false) {
      return fail(
        'env-file',
        'ENV_FILE_TRACKED',
        git.tracked === 'committed' ? 'git tracks .env: whoever has the repository has what is in it.' : 'git tracks .env: it is staged, and the next commit would take along what is in it.',
        untracking(git.tracked),
      );
    }
    if (!exists || mode === null) return skip('env-file', 'there is no .env');
    if (owner === 'other') return warn('env-file', '.env belongs to another user of this machine, who can read and change it.', 'install -m 600 .env .env.new && mv -f .env.new .env   (puts a copy of your own in its place)');
    if ((mode & 0o077) !== 0) return warn('env-file', `Other users of this machine can read or change .env (mode ${(mode & 0o777).toString(8).padStart(4, '0')}).`, 'chmod 600 .env');
    return pass('env-file', owner === 'self' ? '.env is yours alone' : 'nobody but its owner and root can read .env');
  },
};
