import { isTooLarge } from '../../failures/answer-too-large';
import { Failure } from '../../failures/failure';
import { registerSecret } from '../../secrets/registry';
import { metadataRequest, type MetadataAnswer } from './metadata-request';
import { reasonIn, sessionIn } from './metadata-session';
import type { Credentials } from '../source';

/** Milliseconds that all requests may take together. */
const patience = 1_000;

/** What the metadata service says of the role of this instance. */
export type InstanceRole =
  | { readonly kind: 'session'; readonly credentials: Credentials; readonly region: string | null }
  | { readonly kind: 'none'; readonly why: string };

/**
 * Asks the metadata service for the session of the instance's role, with a token (IMDSv2) and never without.
 * https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/instance-metadata-v2-how-it-works.html
 *
 * @throws Failure ACCESS_DENIED, AWS_UNAVAILABLE where there is a role that gives no session
 */
export async function askInstance(endpoint: URL): Promise<InstanceRole> {
  const signal = AbortSignal.timeout(patience);
  const at = (path: string): URL => new URL(path, endpoint);
  try {
    const token = await metadataRequest(at('/latest/api/token'), { method: 'PUT', headers: { 'x-aws-ec2-metadata-token-ttl-seconds': '21600' }, signal });
    if (token.status !== 200 || !/^[\u0021-\u007e]+$/.test(token.text)) return { kind: 'none', why: `the metadata service of this instance gives no token (HTTP ${token.status})` };
    registerSecret(token.text);
    const get = (path: string): Promise<MetadataAnswer> => metadataRequest(at(path), { headers: { 'x-aws-ec2-metadata-token': token.text }, signal });
    const [list, placement] = await Promise.all([get('/latest/meta-data/iam/security-credentials/'), get('/latest/meta-data/placement/region')]);
    const role = list.text.trim().split('\n', 1)[0] ?? '';
    if (list.status === 404 || (list.status === 200 && role === '')) return { kind: 'none', why: 'this instance has no role' };
    if (list.status !== 200 || !/^[\w+=,.@-]{1,128}$/.test(role)) return { kind: 'none', why: `the metadata service of this instance names no role (HTTP ${list.status})` };
    const credentials = sessionOf(role, await get(`/latest/meta-data/iam/security-credentials/${role}`));
    return { kind: 'session', credentials, region: placement.status === 200 ? placement.text.trim() || null : null };
  } catch (error) {
    if (error instanceof Failure) throw error;
    return { kind: 'none', why: `the metadata service of this instance ${isTooLarge(error) ? 'sends more than any credentials have' : 'did not answer within a second'}` };
  }
}

function sessionOf(role: string, { status, text }: MetadataAnswer): Credentials {
  const session = status === 200 ? sessionIn(text) : null;
  if (session !== null) return session;
  const reason = reasonIn(text);
  if (reason !== '' && status === 200) {
    throw new Failure({
      code: 'ACCESS_DENIED',
      message: `EC2 cannot assume ${role}, the role of this instance${reason}.`,
      fix: 'The trust policy of that role must let ec2.amazonaws.com assume it. Or use other credentials: add -- --profile NAME',
    });
  }
  throw new Failure({ code: 'AWS_UNAVAILABLE', message: `The metadata service of this instance gave no credentials for its role ${role} (HTTP ${status}).`, fix: 'Run the same command again in a minute.' });
}
