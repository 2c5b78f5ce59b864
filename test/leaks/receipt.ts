import type { Canary } from './canaries';
import type { Hit, Observed } from './search';
import { transformNames } from './transforms';

export interface Run {
  readonly name: string;
  readonly observed: readonly Observed[];
  readonly canaries: readonly Canary[];
  readonly hits: readonly Hit[];
}

/** What the suite has looked at: channels × canaries × transforms, bytes, hits. */
export function receiptOf(runs: readonly Run[]): string {
  const all = runs.flatMap(({ observed }) => observed);
  const channels = new Set(all.map(({ channel }) => channel));
  const canaries = new Set(runs.flatMap((run) => run.canaries.map(({ name }) => name)));
  const bytes = all.reduce((sum, { bytes: { length } }) => sum + length, 0);
  const lines = [...channels].toSorted().map((channel) => {
    const parts = all.filter((each) => each.channel === channel);
    const hits = runs.flatMap((run) => run.hits).filter((hit) => hit.channel === channel).length;
    return `  ${channel.padEnd(18)} ${String(parts.length).padStart(6)} places ${parts.reduce((sum, part) => sum + part.bytes.length, 0).toLocaleString('en').padStart(14)} bytes ${hits} hits`;
  });
  const total = runs.reduce((sum, { hits }) => sum + hits.length, 0);
  return [
    `${runs.length} runs, ${channels.size} channels × ${canaries.size} kinds of canary × ${transformNames.length} transforms, ${bytes.toLocaleString('en')} bytes searched, ${total} hits`,
    ...lines,
  ].join('\n');
}
