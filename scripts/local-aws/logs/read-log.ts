import { readFileSync } from 'node:fs';
import type { LocalAws } from '../service';
import { streamFile } from './log-groups';
import type { LogEvent } from './write-log';

/** The events of a stream in the order in which they came. A line that a killed process left half-written is passed over. */
export function readLog(local: LocalAws, region: string, group: string, stream: string): LogEvent[] {
  let text: string;
  try {
    text = readFileSync(streamFile(local, region, group, stream), 'utf8');
  } catch {
    return [];
  }
  return text.split('\n').flatMap(parseLine);
}

function parseLine(line: string): LogEvent[] {
  try {
    return line === '' ? [] : [JSON.parse(line) as LogEvent];
  } catch {
    return [];
  }
}
