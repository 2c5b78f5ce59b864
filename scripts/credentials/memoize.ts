import type { Credentials, Provider } from './source';

/** Milliseconds before the end of a session from which on a new one is asked for. */
const early = 5 * 60_000;

/**
 * The same credentials while they last, for all who ask at once too; those that have no end are asked for once. Where
 * they cannot be made new, the old ones serve to their end.
 */
export function memoize(provider: Provider, now: () => number = Date.now): Provider {
  let kept: Credentials | null = null;
  let asking: Promise<Credentials> | null = null;
  const lasts = ({ expiration }: Credentials, beyond: number): boolean => expiration === undefined || expiration.getTime() - now() > beyond;
  const renew = async (): Promise<Credentials> => {
    try {
      kept = await provider();
      return kept;
    } catch (error) {
      if (kept !== null && lasts(kept, 0)) return kept;
      throw error;
    }
  };
  return async () => {
    if (kept !== null && lasts(kept, early)) return kept;
    asking ??= renew().finally(() => { asking = null; });
    return asking;
  };
}
