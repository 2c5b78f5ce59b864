import { existsSync, rmSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Writable } from 'node:stream';
import type { Assembly } from '../assembly/assembly';
import { readAssembly } from '../assembly/read-assembly';
import { usage } from '../failures/failure';
import { isSuccess } from '../process/ending';
import { allowsLookups, synthesisArguments, valueOf } from './arguments';
import type { Authority } from './beside-credentials';
import { cdkFailed } from './cdk-failed';
import { cdkProgram } from './cdk-program';
import { withoutClosingLines } from './closing-lines';
import { synthesisEnvironment, type PersonEnvironment } from './environments';
import { cdkHome, makeRunFolder } from './folders';
import { lookUp, lookupsFailed, lookupsNeeded } from './lookups';
import { endOf, startCdk } from './start-cdk';
import { usageOfApp } from './usage-of-app';

/** What is to be synthesized, and for what. */
export interface SynthesisInit {
  readonly projectDirectory: string;
  /** The environment that the person's shell gave. */
  readonly person: PersonEnvironment;
  /** What the app sees as CDK_DEFAULT_ACCOUNT and CDK_DEFAULT_REGION. */
  readonly account: string | null;
  readonly region: string | null;
  /** For lookups; `null` where there are no credentials. */
  readonly authority: Authority | null;
  readonly allowAssetCommands: boolean;
  /** Names of the person's variables that the app gets besides what every app needs. */
  readonly appVariables: readonly string[];
  /** Stacks as the person named them. */
  readonly stacks: readonly string[];
  /** The person's, of synthesis; for `npm run synth` those of the command too. */
  readonly args: readonly string[];
  /** Whether templates are not printed. */
  readonly quiet: boolean;
  /** Where CDK's and the app's output goes, redacted. Not the terminal: lookups must be told from failures. */
  readonly stdout: Writable;
  readonly stderr: Writable;
  /** Whether it is printed in colours. */
  readonly color: boolean;
}

/** An assembly, and what was looked up for it. */
export interface Synthesized extends Assembly {
  /** Keys of the context that CDK looked up in AWS for this run. */
  readonly lookedUp: readonly string[];
}

/** More rounds of lookups than any app needs: each finds what the round before made known. */
const mostRounds = 10;

/** The folder of the assembly that `--app DIR` names; `null` where `--app` is absent or a command. */
export function assemblyGiven(projectDirectory: string, synthArguments: readonly string[]): string | null {
  const app = valueOf(synthArguments, '--app', '-a');
  if (app === null) return null;
  const path = resolve(projectDirectory, app);
  return existsSync(path) && statSync(path).isDirectory() ? path : null;
}

/** Synthesizes once. What is missing in the assembly is yet to be looked up. */
async function synthesizeOnce(init: SynthesisInit): Promise<Assembly> {
  const output = makeRunFolder(init.projectDirectory);
  const usageFilter = usageOfApp();
  const started = await startCdk({
    program: cdkProgram(init.projectDirectory),
    args: synthesisArguments({ output, stacks: init.stacks, args: init.args, quiet: init.quiet, color: init.color }),
    cwd: init.projectDirectory,
    env: synthesisEnvironment(init.person, { account: init.account, region: init.region, cdkHome: cdkHome(init.projectDirectory), appVariables: init.appVariables }),
    output: { kind: 'streams', stdout: init.stdout, stderr: init.stderr },
    // In CI CDK says all but errors on stdout. Where that has a template, nothing is taken out of it.
    filters: { stderr: [withoutClosingLines(), usageFilter.stream], ...(init.quiet ? { stdout: [withoutClosingLines()] } : {}) },
  });
  const ending = await endOf(started, { message: 'Interrupted during synthesis. Nothing was changed.', fix: 'Run it again.' });
  const assembly = existsSync(join(output, 'manifest.json')) ? readAssembly(output) : null;
  if (assembly !== null && (isSuccess(ending) || assembly.missing.length > 0)) return assembly;
  const said = usageFilter.said();
  if (said !== null) throw usage(said.message, said.fix);
  throw cdkFailed('synth', ending, 'Correct the app, then see that it synthesizes: npm run synth', isSuccess(ending) ? 'It wrote no assembly.' : undefined);
}

function isSameSet(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((key) => b.includes(key));
}

/**
 * Synthesizes into a folder of its own, with no credentials. Where the app needs lookups, CDK makes them beside
 * the credential endpoint without the app, and the app runs again, as often as that makes progress.
 *
 * @returns an assembly with nothing missing
 * @throws Failure CDK_FAILED, INTERRUPTED, USAGE where the app says so, or NO_CREDENTIALS where lookups need some
 */
export async function synthesize(init: SynthesisInit): Promise<Synthesized> {
  const lookedUp: string[] = [];
  let assembly = await synthesizeOnce(init);
  for (let rounds = 0; assembly.missing.length > 0; rounds++) {
    const { missing } = assembly;
    if (!allowsLookups(init.args)) throw lookupsNeeded(missing, 'switched off');
    if (init.authority === null) throw lookupsNeeded(missing, 'no credentials');
    const errors = await lookUp({ ...init, assembly: assembly.directory, authority: init.authority });
    if (errors.length > 0) throw lookupsFailed(missing, errors);
    lookedUp.push(...missing);
    rmSync(assembly.directory, { recursive: true, force: true });
    assembly = await synthesizeOnce(init);
    if (rounds >= mostRounds || isSameSet(assembly.missing, missing)) throw lookupsFailed(assembly.missing, []);
  }
  return { ...assembly, lookedUp };
}
