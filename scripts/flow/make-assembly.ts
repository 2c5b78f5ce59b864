import { resolve } from 'node:path';
import type { Writable } from 'node:stream';
import type { Assembly } from '../assembly/assembly';
import { readAssembly } from '../assembly/read-assembly';
import { accountOfRole } from '../ci/role-account';
import { mentionedInApp } from '../cdk/app-sources';
import type { Authority } from '../cdk/beside-credentials';
import { withheldButHarmless, withheldFromSynthesis } from '../cdk/environments';
import { assemblyGiven, synthesize } from '../cdk/synthesize';
import { resolveRegion } from '../credentials/region';
import { Failure } from '../failures/failure';
import { duration } from '../terminal/duration';
import { wrap } from '../terminal/wrap';
import type { Run } from './run';
import { sayWithheldOptions } from './withheld-options';

/** The assembly of a run. */
export interface Made {
  readonly assembly: Assembly;
  /** Whether this run synthesized it, and so publishes it as cdk.out. */
  readonly fresh: boolean;
}

/** Where CDK's words go: below the checklist, or out of the way of the one JSON object. */
function childStreams({ screen, options }: Run): { readonly stdout: Writable; readonly stderr: Writable } {
  return { stdout: screen.beside(options.json ? process.stderr : process.stdout), stderr: screen.beside(process.stderr) };
}

/** An app that lacks a variable fails in ways that do not say so. */
function nameWithheld({ screen, surroundings, configuration }: Run): void {
  const names = withheldFromSynthesis(surroundings.environment, configuration.appVariables);
  if (names.length > 0) screen.line(wrap(screen.style.dim(`Variables that the app does not get: ${names.join(', ')}`), screen.style.columns));
}

/** One that the app's sources mention would be missed in silence, and a stage that fell away deploys the wrong thing. */
function nameMissed({ screen, surroundings, configuration }: Run): void {
  const { environment, projectDirectory } = surroundings;
  const missed = mentionedInApp(projectDirectory, withheldButHarmless(environment, configuration.appVariables));
  if (missed.length === 0) return;
  const list = missed.map((name) => JSON.stringify(name)).join(', ');
  const said = `The app mentions ${missed.join(', ')}, which is set and which it does not get. To let it through: "appVariables": [${list}] in context.takeoff of cdk.json.`;
  screen.line(wrap(screen.style.caution(said), screen.style.columns));
}

/**
 * Step 4: reads the assembly that was given, or synthesizes with no credentials.
 *
 * @param authority for lookups; `null` where there are no credentials
 * @throws Failure
 */
export async function makeAssembly(run: Run, authority: Authority | null): Promise<Made> {
  const { options, surroundings, configuration, target } = run;
  const { projectDirectory, environment } = surroundings;
  const given = options.assembly === undefined ? assemblyGiven(projectDirectory, options.synthArguments) : resolve(projectDirectory, options.assembly);
  if (given !== null) return { assembly: readAssembly(given), fresh: false };
  const isSynth = options.command === 'synth';
  if (options.verbose) nameWithheld(run);
  nameMissed(run);
  const started = performance.now();
  const { lookedUp, ...assembly } = await run.screen.busy('Synthesizing, without credentials', () => run.interruption.leaveTo(() => synthesize({
    projectDirectory,
    person: environment,
    account: authority?.account ?? target?.environment.account ?? options.account ?? accountOfRole(environment, configuration.ci),
    region: authority?.region ?? resolveRegion(surroundings, null)?.value ?? null,
    authority,
    allowAssetCommands: configuration.allowAssetCommands,
    appVariables: configuration.appVariables,
    stacks: options.stacks,
    args: isSynth ? [...options.synthArguments, ...options.cdkArguments] : options.synthArguments,
    quiet: !isSynth || options.stacks.length === 0,
    color: run.screen.style.coloured,
    ...childStreams(run),
  }))).catch((error: unknown) => {
    if (!options.verbose && error instanceof Failure && error.code === 'CDK_FAILED') nameWithheld(run);
    throw error;
  });
  if (run.screen.style.columns !== null) run.screen.line(run.screen.style.dim(`Synthesized without credentials, in ${duration(performance.now() - started)}`));
  if (lookedUp.length > 0 && options.command === 'preflight') sayWithheldOptions(run); // elsewhere the plan says it
  if (lookedUp.length > 0) run.screen.line(`Looked up in AWS for this app, and kept in cdk.context.json: ${lookedUp.join(', ')}.`);
  return { assembly, fresh: true };
}
