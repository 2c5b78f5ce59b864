import type { Authority } from '../cdk/beside-credentials';
import type { Session } from './session';

/** What CDK may do with the credentials of a session. */
export function authorityOf({ found, proof, region }: Session): Authority {
  return { provider: found.provider, account: proof.identity.account, region: region.value, aws: found.aws };
}
