import { spawnSync } from 'node:child_process';

/** A command to time, as a person would type it. */
export interface Command {
  readonly file: string;
  readonly args: readonly string[];
  readonly cwd: string;
  readonly env: Readonly<Record<string, string>>;
  /** The exit code without which the time would mean nothing. */
  readonly code: number;
}

/** Wall seconds of the medians, and the median of the ratios pair by pair. */
export interface Paired {
  readonly ours: number;
  readonly other: number;
  readonly ratio: number;
}

function seconds({ file, args, cwd, env, code }: Command): number {
  const started = performance.now();
  const { status, stdout, stderr } = spawnSync(file, args, { cwd, env, encoding: 'utf8', maxBuffer: 1 << 26 });
  if (status !== code) throw new Error(`${file} ${args.join(' ')} ended with ${status}, not ${code}:\n${stdout}${stderr}`);
  return (performance.now() - started) / 1000;
}

function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length / 2;
  return sorted.length % 2 === 1 ? (sorted[Math.floor(middle)] ?? 0) : ((sorted[middle - 1] ?? 0) + (sorted[middle] ?? 0)) / 2;
}

/** Runs the two in turn, after one run of each that does not count. */
export function pairedSeconds(ours: Command, other: Command, rounds: number): Paired {
  seconds(ours);
  seconds(other);
  const pairs = Array.from({ length: rounds }, () => [seconds(ours), seconds(other)] as const);
  return { ours: median(pairs.map(([a]) => a)), other: median(pairs.map(([, b]) => b)), ratio: median(pairs.map(([a, b]) => a / b)) };
}
