import type { Credentials, Provider } from './source';

/** Milliseconds before the end of a session from which on a new one is asked for. */
const early = 5 * 60_000;

/** The same credentials while they last, for all who ask at once too; those that have no end are asked for once. */
export function memoize(provider: Provider, now: () => number = Date.now): Provider {
  let kept: Credentials | null = null;
  let asking: Promise<Credentials> | null = null;
  const lasts = ({ expiration }: Credentials): boolean => expiration === undefined || expiration.getTime() - now() > early;
  return async () => {
    if (kept !== null && lasts(kept)) return kept;
    asking ??= provider().then((fresh) => { kept = fresh; return fresh; }).finally(() => { asking = null; });
    return asking;
  };
}
