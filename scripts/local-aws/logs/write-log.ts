import { appendFileSync, mkdirSync, readFileSync, renameSync, statSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import type { LocalAws } from '../service';
import { createLogGroup, logGroups, logStreams, streamFile } from './log-groups';

export interface LogEvent {
  /** Milliseconds since 1970. */
  readonly timestamp: number;
  readonly message: string;
}

/** Bytes. A stream that outgrows it loses its older half. */
const largestStream = 4 * 1024 * 1024;

/** Appends lines, stamped with the time of now, to a stream that is made where it is missing, as is its group. */
export function writeLog(local: LocalAws, region: string, group: string, stream: string, lines: readonly string[]): void {
  if (!logGroups(local).has(`${region}/${group}`)) createLogGroup(local, region, group);
  const key = `${region}/${group}:${stream}`;
  if (!logStreams(local).has(key)) logStreams(local).set(key, { group, name: stream, created: Date.now() });
  const timestamp = Date.now();
  appendEvents(local, region, group, stream, lines.map((message) => ({ timestamp, message })));
}

export function appendEvents(local: LocalAws, region: string, group: string, stream: string, events: readonly LogEvent[]): void {
  if (events.length === 0) return;
  const path = streamFile(local, region, group, stream);
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
  appendFileSync(path, events.map((event) => `${JSON.stringify(event)}\n`).join(''), { mode: 0o600 });
  if (statSync(path).size > largestStream) keepNewerHalf(path);
}

function keepNewerHalf(path: string): void {
  const text = readFileSync(path);
  const start = text.indexOf('\n', text.length - largestStream / 2) + 1;
  writeFileSync(`${path}.working`, text.subarray(start), { mode: 0o600 });
  renameSync(`${path}.working`, path);
}
