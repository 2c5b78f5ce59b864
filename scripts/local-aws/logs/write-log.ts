import type { LocalAws } from '../service';
import { appendEvents } from './log-file';
import { findLogGroup } from './log-groups';

/**
 * Writes lines to a log stream, as Lambda and API Gateway do.
 *
 * @returns whether the log group exists; where it does not, nothing is written
 */
export function writeLog(local: LocalAws, region: string, group: string, stream: string, lines: readonly string[]): boolean {
  if (findLogGroup(local, region, group) === null) return false;
  const timestamp = Date.now();
  appendEvents(local, region, group, lines.map((message) => ({ timestamp, stream, message })));
  return true;
}
