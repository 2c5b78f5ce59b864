import { createHash } from 'node:crypto';
import { appendFileSync, mkdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { LocalAws } from '../service';

/** A stream that was made before it had an event. */
interface StreamMark {
  readonly stream: string;
  /** Milliseconds since 1970. */
  readonly created: number;
}

/** One event of a log stream. */
export interface LogEvent {
  /** Milliseconds since 1970. */
  readonly timestamp: number;
  readonly stream: string;
  readonly message: string;
  /** When it came in, where that is not when it happened: milliseconds since 1970. */
  readonly ingested?: number;
}

/** Above this many bytes the older half of a group's events goes. */
const mostBytes = 8 << 20;

function pathOf(local: LocalAws, region: string, group: string): string {
  const folder = join(local.store.folder, 'logs', region);
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  return join(folder, createHash('sha256').update(group).digest('hex'));
}

export function appendEvents(local: LocalAws, region: string, group: string, events: readonly LogEvent[]): void {
  if (events.length > 0) append(pathOf(local, region, group), events);
}

/** Makes a stream that has no event yet. */
export function appendStream(local: LocalAws, region: string, group: string, stream: string): void {
  append(pathOf(local, region, group), [{ stream, created: Date.now() }]);
}

function append(path: string, lines: readonly (LogEvent | StreamMark)[]): void {
  // The line end comes first, so that what a killed process left unfinished takes nothing with it.
  appendFileSync(path, lines.map((line) => `\n${JSON.stringify(line)}`).join(''), { mode: 0o600 });
  if (statSync(path).size > mostBytes) keepNewerHalf(path);
}

function keepNewerHalf(path: string): void {
  const lines = readFileSync(path, 'utf8').split('\n');
  writeFileSync(`${path}.new`, lines.slice(Math.floor(lines.length / 2)).join('\n'), { mode: 0o600 });
  renameSync(`${path}.new`, path);
}

/** Oldest first. */
export function readEvents(local: LocalAws, region: string, group: string): LogEvent[] {
  return readLines(local, region, group).flatMap((line) => ('message' in line ? [line] : []));
}

/** What a group's file takes, in bytes. */
export function storedBytes(local: LocalAws, region: string, group: string): number {
  return statSync(pathOf(local, region, group), { throwIfNoEntry: false })?.size ?? 0;
}

/** Each stream with its events, in the order in which the streams were made. */
export function readStreams(local: LocalAws, region: string, group: string): Map<string, { readonly created: number; readonly events: LogEvent[] }> {
  const streams = new Map<string, { readonly created: number; readonly events: LogEvent[] }>();
  for (const line of readLines(local, region, group)) {
    const stream = streams.get(line.stream) ?? { created: 'message' in line ? line.timestamp : line.created, events: [] };
    streams.set(line.stream, stream);
    if ('message' in line) stream.events.push(line);
  }
  return streams;
}

/** A line that a killed process left unfinished is passed over. */
function readLines(local: LocalAws, region: string, group: string): (LogEvent | StreamMark)[] {
  let text: string;
  try {
    text = readFileSync(pathOf(local, region, group), 'utf8');
  } catch {
    return [];
  }
  return text.split('\n').flatMap((line) => {
    try {
      return [JSON.parse(line) as LogEvent | StreamMark];
    } catch {
      return [];
    }
  });
}

export function removeEvents(local: LocalAws, region: string, group: string): void {
  rmSync(pathOf(local, region, group), { force: true });
}
