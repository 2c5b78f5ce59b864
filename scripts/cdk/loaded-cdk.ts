import { join } from 'node:path';
import type { Writable } from 'node:stream';
import { signalGroup } from '../process/group';
import type { Ending } from '../process/spawn';
import { cdkProgram } from './cdk-program';
import type { ChildEnvironment } from './environments';
import { endOf, startCdk, type ChildInit, type Interrupted } from './run-child';

/** What a CDK that has loaded is told to do. */
export interface Told {
  readonly args: readonly string[];
  /** Variables that it gets now, besides those it was started with. */
  readonly env: ChildEnvironment;
}

/** A CDK that loads, or has loaded, and does nothing yet. */
export interface LoadedCdk {
  /** Whether a person can answer its questions at the terminal. */
  readonly answers: boolean;
  /**
   * Lets it run to its end. Once.
   *
   * @throws Failure INTERRUPTED
   */
  run(told: Told, interrupted: Interrupted): Promise<Ending>;
  /** Ends it, where it was not run. Afterwards nothing of it is left. */
  dismiss(): Promise<void>;
}

/** What CDK decides while it loads. */
const ofColour = /^--(?:no-)?color(?:=|$)/;

/**
 * Starts the project's CDK CLI up to where it would read its arguments.
 *
 * @param init `args`: those that it will be told, as far as they are known
 * @throws Failure TOOLCHAIN where it is not installed
 */
export async function loadCdk(projectDirectory: string, { env, output, answers, args }: Pick<ChildInit, 'env' | 'output' | 'args'> & { readonly answers: boolean }): Promise<LoadedCdk> {
  const started = await startCdk({
    program: join(projectDirectory, 'scripts/cdk/loaded/main.cjs'),
    args: [cdkProgram(projectDirectory), ...args.filter((argument) => ofColour.test(argument))],
    cwd: projectDirectory,
    env,
    output,
    answers,
    told: true,
  });
  const { process: cdk, ended } = started.child;
  const pipe = cdk.stdio[3] as Writable | null | undefined; // none where it could not be started
  pipe?.on('error', () => undefined); // it has ended: how, its end says
  let ran = false;
  return {
    answers,
    run(told, interrupted) {
      ran = true;
      pipe?.end(JSON.stringify(told));
      return endOf(started, interrupted);
    },
    async dismiss() {
      const isThere = cdk.exitCode === null && cdk.signalCode === null;
      if (ran || !isThere) return;
      signalGroup(cdk, 'SIGKILL');
      await ended;
    },
  };
}
