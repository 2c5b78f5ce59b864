import { randomUUID } from 'node:crypto';
import { appendFileSync, existsSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Canary } from './canaries';
import type { Hit, Observed } from './search';
import { transformNames, views } from './transforms';

/** One run of a command: everything that was looked at, for what, and what was found. */
interface Run {
  readonly observed: readonly Observed[];
  readonly canaries: readonly Canary[];
  readonly hits: readonly Hit[];
}

/** What is kept of it: of the values nothing. */
interface Searched {
  readonly canaries: readonly string[];
  readonly channels: readonly { readonly channel: string; readonly places: number; readonly bytes: number; readonly hits: number }[];
}

/** The name of the variable that says where the files of tests, each in a process of its own, note what they searched. */
const variable = 'TAKEOFF_LEAKS_RECEIPT';

/** Notes a run for the receipt. */
export function note({ observed, canaries, hits }: Run): void {
  const channels = [...new Set(observed.map(({ channel }) => channel))].map((channel) => {
    const parts = observed.filter((each) => each.channel === channel);
    return { channel, places: parts.length, bytes: parts.reduce((sum, { bytes }) => sum + bytes.length, 0), hits: hits.filter((hit) => hit.channel === channel).length };
  });
  const searched: Searched = { canaries: canaries.map(({ name }) => name), channels };
  appendFileSync(process.env[variable] ?? '/dev/null', `${JSON.stringify(searched)}\n`);
}

/** What the suite has looked at: channels × canaries × transforms, bytes, hits. */
function receiptOf(runs: readonly Searched[]): string {
  const all = runs.flatMap(({ channels }) => channels);
  const sum = (parts: typeof all, of: 'places' | 'bytes' | 'hits'): number => parts.reduce((total, part) => total + part[of], 0);
  const names = [...new Set(all.map(({ channel }) => channel))].toSorted();
  const canaries = [...new Set(runs.flatMap((run) => run.canaries))].toSorted();
  return [
    `${runs.length} runs, ${names.length} channels × ${canaries.length} kinds of canary × ${transformNames.length} transforms × ${views.length} views, ${sum(all, 'bytes').toLocaleString('en')} bytes searched, ${sum(all, 'hits')} hits`,
    `  canaries: ${canaries.join(', ')}`,
    `  transforms: ${transformNames.join(', ')}`,
    `  views: ${views.join(', ')}`,
    ...names.map((name) => {
      const parts = all.filter(({ channel }) => channel === name);
      return `  ${name.padEnd(18)} ${String(sum(parts, 'places')).padStart(6)} places ${sum(parts, 'bytes').toLocaleString('en').padStart(14)} bytes ${sum(parts, 'hits')} hits`;
    }),
  ].join('\n');
}

/** Before all tests, of whichever files: says where to note. The file is new, so that no other run's notes are counted, and made by the first note. */
export function begin(): void {
  process.env[variable] = join(tmpdir(), `takeoff-leaks-receipt-${randomUUID()}`);
}

/** After all tests: prints the receipt where anything was searched. */
export function end(): void {
  const file = process.env[variable] ?? '';
  if (!existsSync(file)) return;
  const runs = readFileSync(file, 'utf8').trim().split('\n').map((line) => JSON.parse(line) as Searched);
  rmSync(file);
  process.stderr.write(`\n${receiptOf(runs)}\n`);
}
