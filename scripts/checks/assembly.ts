import type { Assembly } from '../assembly/assembly';
import type { AuditFinding } from '../assembly/audit';
import type { Check } from './check';
import { listed } from './listed';
import { fail, pass, warn } from './result';

/** That no credential lies in what is about to be uploaded, and nothing in it waits for a lookup. */
export const assembly: Check<{ readonly assembly: Assembly; readonly findings: readonly AuditFinding[] }> = {
  id: 'assembly',
  run({ assembly: { stacks, missing }, findings }) {
    const leaks = findings.filter(({ severity }) => severity === 'fail');
    if (leaks.length > 0) {
      return fail(
        'assembly',
        'SECRET_IN_ASSEMBLY',
        `A credential is in what would be uploaded: ${listed(leaks, where)}. Nothing was uploaded.`,
        'Take it out of the source that the file is made from, and let the code use its role, or a secret of Secrets Manager. If the source was shared, rotate the key: aws iam create-access-key, then aws iam delete-access-key --access-key-id OLD_ID',
      );
    }
    if (missing.length > 0) {
      return fail('assembly', 'CDK_FAILED', `The assembly waits for lookups that were not made: ${missing.join(', ')}. Deployed as it is, it would hold dummy values.`, 'npm run deploy   (synthesizes, and looks them up with your credentials)');
    }
    const ids = findings.filter(({ rule }) => rule !== 'not-searched');
    const dark = findings.filter(({ rule }) => rule === 'not-searched');
    if (ids.length > 0) return warn('assembly', `What looks like an access key id, with no secret near it, is in ${listed(ids, where)}.${dark.length === 0 ? '' : ` ${notSearched(dark)}`}`, 'Make sure that it is none of yours.');
    if (dark.length > 0) return warn('assembly', notSearched(dark), 'Make sure that no credential is in it.');
    return pass('assembly', `${stacks.length === 1 ? 'one stack' : `${stacks.length} stacks`}, no credential in any file or zip`);
  },
};

const where = ({ path, rule }: AuditFinding): string => `${path} (${rule})`;

function notSearched(findings: readonly AuditFinding[]): string {
  return `Could not be searched, since it is encrypted, broken, or packed too deep or too large in another: ${listed(findings, where)}.`;
}
