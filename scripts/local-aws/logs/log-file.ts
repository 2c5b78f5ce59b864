import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { appendJsonLines, readJsonLines } from '../json-lines';
import type { LocalAws } from '../service';
import { writeWhole } from '../write-whole';

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

/** Keeps events of a group, each in its stream. */
export function appendEvents(local: LocalAws, region: string, group: string, events: readonly LogEvent[]): void {
  if (events.length > 0) append(pathOf(local, region, group), events);
}

/** Makes a stream that has no event yet. */
export function appendStream(local: LocalAws, region: string, group: string, stream: string): void {
  append(pathOf(local, region, group), [{ stream, created: Date.now() }]);
}

function append(path: string, lines: readonly (LogEvent | StreamMark)[]): void {
  appendJsonLines(path, lines);
  if (statSync(path).size > mostBytes) keepNewerHalf(path);
}

function keepNewerHalf(path: string): void {
  const lines = readFileSync(path, 'utf8').split('\n');
  writeWhole(path, lines.slice(Math.floor(lines.length / 2)).join('\n'));
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

function readLines(local: LocalAws, region: string, group: string): (LogEvent | StreamMark)[] {
  return readJsonLines<LogEvent | StreamMark>(pathOf(local, region, group));
}

/** Forgets all events and streams of a group. */
export function removeEvents(local: LocalAws, region: string, group: string): void {
  rmSync(pathOf(local, region, group), { force: true });
}
