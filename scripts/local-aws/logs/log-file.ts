import { createHash } from 'node:crypto';
import { appendFileSync, mkdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { LocalAws } from '../service';

/** One event of a log stream. */
export interface LogEvent {
  /** Milliseconds since 1970. */
  readonly timestamp: number;
  readonly stream: string;
  readonly message: string;
}

/** Above this many bytes the older half of a group's events goes. */
const mostBytes = 8 << 20;

function pathOf(local: LocalAws, region: string, group: string): string {
  const folder = join(local.store.folder, 'logs', region);
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  return join(folder, createHash('sha256').update(group).digest('hex'));
}

export function appendEvents(local: LocalAws, region: string, group: string, events: readonly LogEvent[]): void {
  if (events.length === 0) return;
  const path = pathOf(local, region, group);
  appendFileSync(path, events.map((event) => `${JSON.stringify(event)}\n`).join(''), { mode: 0o600 });
  if (statSync(path).size > mostBytes) keepNewerHalf(path);
}

function keepNewerHalf(path: string): void {
  const lines = readFileSync(path, 'utf8').split('\n');
  writeFileSync(`${path}.new`, lines.slice(Math.floor(lines.length / 2)).join('\n'), { mode: 0o600 });
  renameSync(`${path}.new`, path);
}

/** Oldest first. A line that a killed process left unfinished is passed over. */
export function readEvents(local: LocalAws, region: string, group: string): LogEvent[] {
  let text: string;
  try {
    text = readFileSync(pathOf(local, region, group), 'utf8');
  } catch {
    return [];
  }
  return text.split('\n').flatMap((line) => {
    try {
      return [JSON.parse(line) as LogEvent];
    } catch {
      return [];
    }
  });
}

export function removeEvents(local: LocalAws, region: string, group: string): void {
  rmSync(pathOf(local, region, group), { force: true });
}
