import type { Assembly } from '../assembly/assembly';
import type { AuditFinding } from '../assembly/audit';
import type { Check } from './check';
import { fail, pass, warn } from './result';

/** That no credential lies in what is about to be uploaded, and nothing in it waits for a lookup. */
export const assembly: Check<{ readonly assembly: Assembly; readonly findings: readonly AuditFinding[] }> = {
  id: 'assembly',
  run({ assembly: { stacks, missing }, findings }) {
    const leaks = findings.filter(({ severity }) => severity === 'fail');
    const [leak] = leaks;
    if (leak !== undefined) {
      return fail(
        'assembly',
        'SECRET_IN_ASSEMBLY',
        `The cloud assembly holds a credential, and nothing was uploaded: ${leaks.map(described).join('; ')}.`,
        'Take it out of the source that the file is made from, then rotate it: aws iam create-access-key, then aws iam delete-access-key for the old one. Give the Lambda a role or a secret of Secrets Manager instead.',
      );
    }
    if (missing.length > 0) {
      return fail('assembly', 'CDK_FAILED', `The assembly waits for lookups: ${missing.join(', ')}. Deployed so, it would hold dummy values.`, 'npm run deploy   (synthesizes with the lookups filled in)');
    }
    const [doubt] = findings;
    if (doubt !== undefined) return warn('assembly', `What looks like an access key id is in ${findings.map(described).join('; ')}.`, 'Make sure that it is none of yours.');
    return pass('assembly', `${stacks.length === 1 ? 'one stack' : `${stacks.length} stacks`}, no credential in any file or zip`);
  },
};

function described({ path, rule }: AuditFinding): string {
  return `${path} (${rule})`;
}
