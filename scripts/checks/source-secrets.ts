import type { AllowedFinding } from '../configuration/allowed-findings';
import type { KeyRule } from '../secrets/find-keys';
import type { CheckResult } from './check';
import { listed } from './listed';
import { fail, pass, skip, warn } from './result';

/** Where a credential stands in what git tracks. */
export interface SourceFinding {
  /** From the project's folder. */
  readonly path: string;
  /** The first is 1. */
  readonly line: number;
  readonly rule: KeyRule | 'credential-in-use';
  /** Tells the credential from others, without telling it: `allowFindings` takes it. */
  readonly fingerprint: string;
}

/** What came of a search of the source. */
export type SourceScan =
  | { readonly kind: 'scanned'; readonly files: number; readonly findings: readonly SourceFinding[]; /** Paths of what could not be looked at. */ readonly notSearched: readonly string[] }
  | { readonly kind: 'not-scanned'; readonly why: string };

const where = ({ path, line, rule, fingerprint }: SourceFinding): string => `${path}:${line} (${rule}, ${fingerprint})`;

/** A path that ends with a slash is a folder, with all that is below it. What is in use is never allowed. */
function isAllowed({ path, rule, fingerprint }: SourceFinding, allowed: readonly AllowedFinding[]): boolean {
  return rule !== 'credential-in-use' && allowed.some((one) => one.fingerprint === fingerprint && (one.path.endsWith('/') ? path.startsWith(one.path) : path === one.path));
}

/** That nothing which git tracks, or is about to commit, holds a credential. */
export function sourceSecrets(scan: SourceScan, allowed: readonly AllowedFinding[]): CheckResult {
  if (scan.kind === 'not-scanned') return skip('source-secrets', scan.why);
  const findings = scan.findings.filter((finding) => !isAllowed(finding, allowed));
  const ids = findings.filter(({ rule }) => rule === 'aws-access-key-id');
  const leaks = findings.filter(({ rule }) => rule !== 'aws-access-key-id');
  const [leak] = leaks;
  if (leak !== undefined) return fail('source-secrets', 'SECRET_IN_SOURCE', `A credential is in what git tracks: ${listed(leaks, where)}.`, fixOf(leak));
  const dark = scan.notSearched.length === 0 ? '' : ` Too large to be searched, or not readable: ${listed(scan.notSearched, (path) => path)}.`;
  const [id] = ids;
  if (id !== undefined) return warn('source-secrets', `What looks like an access key id, with no secret near it, is in ${listed(ids, where)}.${dark}`, `Make sure that it is none of yours, then allow it: ${allowing(id)}`);
  return pass('source-secrets', `${scan.files === 1 ? 'one file' : `${scan.files} files`} that git tracks, no credential in any.${dark}`.replace(/\.$/, ''));
}

function allowing({ path, fingerprint }: SourceFinding): string {
  return `add ${JSON.stringify({ path, fingerprint, reason: '…' })} to context.takeoff.allowFindings in cdk.json`;
}

function fixOf(leak: SourceFinding): string {
  const rotate = 'Rotate it first: who has the repository has it, and so has its history:\ngitleaks git .   (searches the history)\nThen take it out, and let the code use its role, a profile, or .env.';
  return leak.rule === 'credential-in-use' ? rotate : `${rotate}\nIf it never opened anything: ${allowing(leak)}`;
}
