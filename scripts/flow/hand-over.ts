import type { SealedAssembly } from '../assembly/seal';
import { explainFailure } from '../cdk/after-failure';
import { hasOption, type HandedOver } from '../cdk/arguments';
import { loadBesideCredentials } from '../cdk/beside-credentials';
import { runCdk } from '../cdk/hand-over';
import type { LoadedCdk } from '../cdk/loaded-cdk';
import type { Output } from '../cdk/output';
import { github } from '../ci/github';
import { proveIdentity } from '../identity/prove';
import { isSuccess } from '../process/ending';
import { shellWord } from '../process/shell-word';
import { authorityOf } from './authority-of';
import { inGroup } from '../terminal/annotations';
import type { Session } from './session';
import type { Run } from './run';
import { leadingTo, npmRun, sameCommand } from './same-command';

/** On a terminal CDK draws its own progress; elsewhere its words pass through redaction. */
export function cdkOutput({ options, surroundings }: Run): Output {
  if (options.json) return { kind: 'streams', stdout: process.stderr, stderr: process.stderr };
  // Between two streams the order of lines is lost, and with it which are between the lines of a group.
  if (github.isHere(surroundings.environment)) return { kind: 'streams', stdout: process.stdout, stderr: process.stdout };
  return process.stdout.isTTY ? { kind: 'terminal' } : { kind: 'streams', stdout: process.stdout, stderr: process.stderr };
}

/** `args`, with `--no-color` where the report has no colours at a terminal: CDK does not know NO_COLOR. */
function withoutColour({ screen, options }: Run, args: readonly string[]): readonly string[] {
  const isSaid = hasOption([...args, ...options.synthArguments], '--color', '--no-color');
  return screen.style.coloured || screen.style.columns === null || isSaid ? args : [...args, '--no-color'];
}

/**
 * Has CDK load while other work is done, for `handOver` to run. It does not read from the terminal: where CDK is to ask a
 * person itself, `handOver` starts another.
 *
 * @throws Failure TOOLCHAIN
 */
export async function loadCdkAhead(run: Run, session: Session): Promise<LoadedCdk> {
  const { surroundings, configuration } = run;
  const cdk = await loadBesideCredentials({
    projectDirectory: surroundings.projectDirectory,
    person: surroundings.environment,
    authority: authorityOf(session),
    assetCommands: configuration.allowAssetCommands,
    appVariables: configuration.appVariables,
    output: cdkOutput(run),
    args: withoutColour(run, run.options.cdkArguments),
  });
  run.atEnd(() => cdk.dismiss());
  return cdk;
}

/** A command of CDK's, and what it works on. */
export interface HandOverInit {
  readonly command: HandedOver;
  readonly session: Session;
  /** `null` for bootstrap. */
  readonly assembly: SealedAssembly | null;
  readonly stacks: readonly string[];
  readonly args: readonly string[];
  readonly output: Output;
  /** One that was loaded before: see `loadCdkAhead`. */
  readonly cdk?: LoadedCdk;
}

/**
 * Step 8: CDK does the work.
 *
 * @throws Failure CDK_FAILED, with the true reason where the session ended meanwhile
 */
export async function handOver(run: Run, { command, session, assembly, stacks, args, output, cdk }: HandOverInit): Promise<void> {
  const { surroundings, configuration } = run;
  const again = sameCommand(run.options, run.options.yes ? '--yes' : '');
  const folded = output.kind === 'streams' && command !== 'diff' && github.isHere(surroundings.environment) ? output.stdout : null;
  const ending = await run.interruption.leaveTo(() => inGroup(folded, `cdk ${command}`, () => runCdk({
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
    ...(cdk === undefined ? {} : { loaded: cdk }),
  })));
  if (isSuccess(ending)) return;
  const expiration = session.proof.credentials.expiration ?? null;
  const deploys = npmRun('deploy', ...stacks.map(shellWord), leadingTo(run.options, session));
  throw await explainFailure({ command, ending, again, deploys, expiration, now: new Date(), failsOnDifferences: command === 'diff' && hasOption(args, '--fail') }, () => proveIdentity(session.found, session.region));
}
