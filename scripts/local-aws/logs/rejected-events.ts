import type { LogEvent } from './log-file';

const hour = 60 * 60 * 1000;
/** Milliseconds. */
export const day = 24 * hour;

/** What is taken of a batch in order of time, and which of it is not: indexes, the ends exclusive. */
export interface SortedOut {
  readonly kept: readonly LogEvent[];
  readonly rejected: { readonly tooNewLogEventStartIndex?: number; readonly tooOldLogEventEndIndex?: number; readonly expiredLogEventEndIndex?: number } | null;
}

/**
 * Events more than two hours ahead, or older than 14 days or than the group's retention, are not kept.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutLogEvents.html
 */
export function sortOut(events: readonly LogEvent[], retentionInDays: number | null, now: number): SortedOut {
  const before = (time: number) => events.filter(({ timestamp }) => timestamp < time).length;
  const [tooOld, expired, tooNew] = [before(now - 14 * day), retentionInDays === null ? 0 : before(now - retentionInDays * day), before(now + 2 * hour + 1)];
  const rejected = {
    ...(tooNew < events.length ? { tooNewLogEventStartIndex: tooNew } : {}),
    ...(tooOld > 0 ? { tooOldLogEventEndIndex: tooOld } : {}),
    ...(expired > 0 ? { expiredLogEventEndIndex: expired } : {}),
  };
  return { kept: events.slice(Math.max(tooOld, expired), tooNew), rejected: Object.keys(rejected).length === 0 ? null : rejected };
}
