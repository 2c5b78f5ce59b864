import type { ChildProcess } from 'node:child_process';
import { pipeline, type Readable, type Transform, type Writable } from 'node:stream';
import { finished } from 'node:stream/promises';
import { redactingStream } from '../secrets/redacting-stream';

/** Where a child's output goes: straight to the terminal, or redacted to two streams. */
export type Output =
  | { readonly kind: 'terminal' }
  | { readonly kind: 'streams'; readonly stdout: Writable; readonly stderr: Writable };

/** The first three of a child's stdio; with `answers` a person at the terminal answers its questions. */
export function stdioFor(output: Output, answers: boolean): ('inherit' | 'ignore' | 'pipe')[] {
  const input = answers ? 'inherit' : 'ignore';
  return output.kind === 'terminal' ? [input, 'inherit', 'inherit'] : [input, 'pipe', 'pipe'];
}

/** Pipes `source` to `target` through redaction and `filters`. Settles when all of it is written; never rejects. */
async function forward(source: Readable | null, target: Writable, filters: readonly Transform[]): Promise<void> {
  if (source === null) return;
  const through = [redactingStream(), ...filters];
  const last = through.at(-1) ?? source;
  // What breaks one of them ends the last: it is waited for below.
  pipeline([source, ...through], () => undefined);
  last.pipe(target, { end: false });
  // Where nobody reads any more, the child must not wait for a reader.
  const drain = (): void => { last.resume(); };
  target.once('error', drain);
  await finished(last, { writable: false }).catch(() => undefined);
  target.off('error', drain);
}

/** What is done to the two streams on their way, in order. */
export interface Filters {
  readonly stdout?: readonly Transform[];
  readonly stderr?: readonly Transform[];
}

/** Forwards what `child` prints. Settles when it is all written. */
export async function forwardOutput(child: ChildProcess, output: Output, filters: Filters = {}): Promise<void> {
  if (output.kind === 'terminal') return;
  await Promise.all([
    forward(child.stdout, output.stdout, filters.stdout ?? []),
    forward(child.stderr, output.stderr, filters.stderr ?? []),
  ]);
}
