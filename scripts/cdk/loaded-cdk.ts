import { join } from 'node:path';
import type { Writable } from 'node:stream';
import { signalGroup } from '../process/group';
import type { Ending } from '../process/spawn';
import { cdkProgram } from './cdk-program';
import type { ChildEnvironment } from './environments';
import { endOf, startCdk, type CdkInit, type Interrupted } from './start-cdk';

/** What a CDK that has loaded is to do. */
export interface Instructions {
  /** Its argv, whole. */
  readonly args: readonly string[];
  /** Variables that it gets now, besides those it was started with. */
  readonly env: ChildEnvironment;
}

/** A CDK that loads, or has loaded, and waits for instructions. */
export interface LoadedCdk {
  /** Whether a person can answer its questions at the terminal. */
  readonly answers: boolean;
  /**
   * Has it do `instructions`, and waits until it has ended. May be called once.
   *
   * @throws Failure INTERRUPTED
   */
  run(instructions: Instructions, interrupted: Interrupted): Promise<Ending>;
  /** Ends it where it was not run, and waits until it is gone. */
  dismiss(): Promise<void>;
}

/** Options that CDK looks for while it loads, before it parses its arguments: whether it prints colours. */
const colourOption = /^--(?:no-)?color(?:=|$)/;

/**
 * Starts the project's CDK CLI, which loads all that it needs, and then waits for instructions.
 *
 * @param init `args` are those that it will be instructed with, as far as they are known: it gets those of colour now
 * @throws Failure TOOLCHAIN where it is not installed
 */
export async function loadCdk(projectDirectory: string, { env, output, answers, args }: Pick<CdkInit, 'env' | 'output' | 'args'> & { readonly answers: boolean }): Promise<LoadedCdk> {
  const started = await startCdk({
    program: join(projectDirectory, 'scripts/cdk/loaded/main.cjs'),
    args: [cdkProgram(projectDirectory), ...args.filter((argument) => colourOption.test(argument))],
    cwd: projectDirectory,
    env,
    output,
    answers,
    instructed: true,
  });
  const { process: cdk, ended } = started.child;
  const pipe = cdk.stdio[3] as Writable | null | undefined; // none where it could not be started
  pipe?.on('error', () => undefined); // it ended before it read: how, `ended` tells
  let ran = false;
  return {
    answers,
    run(instructions, interrupted) {
      ran = true;
      pipe?.end(JSON.stringify(instructions));
      return endOf(started, interrupted);
    },
    async dismiss() {
      const hasEnded = cdk.exitCode !== null || cdk.signalCode !== null;
      if (ran || hasEnded) return; // its id may be another's by now
      signalGroup(cdk, 'SIGKILL');
      await ended;
    },
  };
}
