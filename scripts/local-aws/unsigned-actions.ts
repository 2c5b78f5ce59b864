import { queryAction } from './query';
import type { Protocol } from './service';
import type { RawRequest } from './signature-check';

/** Actions that need no signature, by the service that has them: who calls them has no keys yet. */
const servicesOfActions: ReadonlyMap<string, string> = new Map([['AssumeRoleWithWebIdentity', 'sts']]);

/** An action that may be called without a signature, and its service. */
export interface UnsignedAction {
  readonly service: string;
  readonly action: string;
}

/** What a request without a signature asks for, where it may; else null. */
export function unsignedAction({ target, body }: Pick<RawRequest, 'target' | 'body'>, protocol: Protocol): UnsignedAction | null {
  if (protocol !== 'query-xml' || target !== '/') return null;
  const action = queryAction(body) ?? '';
  const service = servicesOfActions.get(action);
  return service === undefined ? null : { service, action };
}
