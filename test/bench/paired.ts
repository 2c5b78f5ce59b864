import { spawn } from 'node:child_process';

/** A command to time, as a person would type it. */
export interface Command {
  readonly file: string;
  readonly args: readonly string[];
  readonly cwd: string;
  readonly env: Readonly<Record<string, string>>;
  /** The exit code without which the time would mean nothing; of no matter where Ctrl-C ends it. */
  readonly code: number;
  /** Run before it each time, and not timed. */
  readonly before?: Command;
  /** Of a command that goes on until Ctrl-C: what it prints when the time is over. */
  readonly until?: RegExp;
}

/** Wall seconds of the medians, and the median of the ratios pair by pair. */
export interface Paired {
  readonly ours: number;
  readonly other: number;
  readonly ratio: number;
}

/** Wall seconds of one run. */
export async function seconds({ file, args, cwd, env, code, before, until }: Command): Promise<number> {
  if (before !== undefined) await seconds(before);
  const started = performance.now();
  return new Promise((done, failed) => {
    const child = spawn(file, args, { cwd, env, stdio: ['ignore', 'pipe', 'pipe'], detached: until !== undefined });
    let [output, seen] = ['', 0];
    const print = (chunk: Buffer): void => {
      output += chunk.toString();
      if (until === undefined || seen > 0 || child.pid === undefined || !until.test(output)) return;
      seen = performance.now();
      process.kill(-child.pid, 'SIGINT');
    };
    child.stdout.on('data', print);
    child.stderr.on('data', print);
    child.once('error', failed);
    child.once('close', (status) => {
      if (until === undefined ? status === code : seen > 0) done(((until === undefined ? performance.now() : seen) - started) / 1000);
      else failed(new Error(`${file} ${args.join(' ')} ended with ${status}, not ${code}:\n${output}`));
    });
  });
}

export function medianOf(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length / 2;
  return sorted.length % 2 === 1 ? (sorted[Math.floor(middle)] ?? 0) : ((sorted[middle - 1] ?? 0) + (sorted[middle] ?? 0)) / 2;
}

/** Runs the two in turn, after one run of each that does not count. */
export async function pairedSeconds(ours: Command, other: Command, rounds: number): Promise<Paired> {
  await seconds(ours);
  await seconds(other);
  const pairs: (readonly [number, number])[] = [];
  for (let round = 0; round < rounds; round += 1) pairs.push([await seconds(ours), await seconds(other)]);
  return { ours: medianOf(pairs.map(([a]) => a)), other: medianOf(pairs.map(([, b]) => b)), ratio: medianOf(pairs.map(([a, b]) => a / b)) };
}
