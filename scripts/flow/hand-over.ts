import type { SealedAssembly } from '../assembly/seal';
import { explainFailure } from '../cdk/after-failure';
import { hasOption, type HandedOver } from '../cdk/arguments';
import { isSuccess } from '../cdk/cdk-failed';
import { runCdk } from '../cdk/hand-over';
import type { Output } from '../cdk/output';
import { proveIdentity } from '../identity/prove';
import { authorityOf } from './authority-of';
import type { Session } from './session';
import type { Run } from './run';
import { sameCommand } from './same-command';

/** On a terminal CDK draws its own progress; elsewhere its words pass through redaction. */
export function cdkOutput({ options }: Run): Output {
  if (options.json) return { kind: 'streams', stdout: process.stderr, stderr: process.stderr };
  return process.stdout.isTTY ? { kind: 'terminal' } : { kind: 'streams', stdout: process.stdout, stderr: process.stderr };
}

/** CDK does not know NO_COLOR. */
function withoutColour({ screen, options }: Run, args: readonly string[]): readonly string[] {
  const isSaid = hasOption([...args, ...options.synthArguments], '--color', '--no-color');
  return screen.style.coloured || screen.style.columns === null || isSaid ? args : [...args, '--no-color'];
}

export interface HandOverInit {
  readonly command: HandedOver;
  readonly session: Session;
  /** `null` for bootstrap. */
  readonly assembly: SealedAssembly | null;
  readonly stacks: readonly string[];
  readonly args: readonly string[];
  readonly output: Output;
}

/**
 * Step 8: CDK does the work.
 *
 * @throws Failure CDK_FAILED, with the true reason where the session ended meanwhile
 */
export async function handOver(run: Run, { command, session, assembly, stacks, args, output }: HandOverInit): Promise<void> {
  const { surroundings, configuration } = run;
  const again = sameCommand(run.options, run.options.yes ? '--yes' : '');
  const ending = await run.interruption.leaveTo(() => runCdk({
    command,
    projectDirectory: surroundings.projectDirectory,
    person: surroundings.environment,
    authority: authorityOf(session),
    assembly,
    assetCommands: assembly?.assetCommands ?? [],
    allowAssetCommands: configuration.allowAssetCommands,
    appVariables: configuration.appVariables,
    stacks,
    args: withoutColour(run, args),
    qualifier: configuration.qualifier,
    again,
    output,
    interactive: run.canAsk,
  }));
  if (isSuccess(ending)) return;
  const expiration = session.proof.credentials.expiration ?? null;
  throw await explainFailure({ command, ending, again, expiration, now: new Date(), failsOnDifferences: command === 'diff' && hasOption(args, '--fail') }, () => proveIdentity(session.found, session.region));
}
