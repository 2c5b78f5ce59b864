import { homedir } from 'node:os';
import { join } from 'node:path';
import { isHeard, maskOn } from '../ci/mask';
import type { Configuration } from '../configuration/configuration';
import { missingContext } from '../configuration/optional-stacks';
import { readConfiguration } from '../configuration/read-configuration';
import { tellCalls } from '../credentials/connection/call-log';
import type { Surroundings } from '../credentials/source';
import type { Failure } from '../failures/failure';
import type { OpenLocalAws } from '../local-aws/open';
import { asksForJson } from '../options/asks-for-json';
import type { CommandName, Options } from '../options/options';
import { parseOptions } from '../options/parse';
import { redactDebugOutput } from '../secrets/debug-output';
import { redact } from '../secrets/redact';
import { annotatingScreen } from '../terminal/annotations';
import { canAsk } from '../terminal/can-ask';
import { reportJson, silentScreen, textScreen, type Screen } from '../terminal/screen';
import { styleFor, type Style } from '../terminal/style';
import { asFailure } from './as-failure';
import { takeEnvironment } from './take-environment';
import { watchFaults } from './faults';
import { watchSignals, type Interruption } from './interruption';
import { emptyRecord, reportOf, type RunRecord } from './record';
import { summarize } from './summarize';
import { sweepLeft } from './sweep-left';
import type { Target } from './target';
import { tellOnly } from './tell-only';
import { watchOutput } from './watch-output';

/** One run of one command. */
export interface Run {
  readonly options: Options;
  readonly surroundings: Surroundings;
  readonly configuration: Configuration;
  /** The environment of cdk.json that the run is for; `null` for none. */
  readonly target: Target | null;
  readonly screen: Screen;
  /** Whether a person sits at a terminal and may be asked. */
  readonly canAsk: boolean;
  readonly record: RunRecord;
  readonly interruption: Interruption;
  /** Where the wrapper keeps what it may lose: ignored by git. */
  readonly cache: string;
  /** The local AWS, opened at the first call, the same one afterwards. */
  readonly openLocal: () => Promise<OpenLocalAws>;
}

/** @throws Failure */
export type Command = (run: Run) => Promise<void>;

/**
 * Runs one command: the whole of what an entry does but exiting.
 *
 * @returns the exit code
 */
export async function runCommand(name: CommandName, command: Command): Promise<number> {
  const started = performance.now();
  const person = takeEnvironment(process.env);
  const argv = process.argv.slice(3);
  const styleOf = ({ isTTY, columns }: NodeJS.WriteStream): Style => styleFor({ isTerminal: isTTY, columns, environment: person });
  const style = styleOf(process.stdout);
  const record = emptyRecord();
  const cleanups: (() => Promise<void>)[] = [];
  const interruption = watchSignals();
  const faults = watchFaults();
  const output = watchOutput(name, process.stdout, process.stderr);
  if (person['NODE_DEBUG'] !== undefined) redactDebugOutput(process.stderr);
  const json = asksForJson(name, argv);
  const spell = json ? style.spellJson : style.spell;
  const plain: Screen = json ? silentScreen(style) : textScreen({ style, errorStyle: styleOf(process.stderr), stdout: givesData(name) ? process.stderr : process.stdout, results: process.stdout, stderr: process.stderr });
  const screen = isHeard(person, process.stderr) ? annotatingScreen(plain, (line) => { process.stderr.write(line); }) : plain;
  let failure: Failure | null = null;
  let verbose = argv.includes('--verbose');
  try {
    const options = parseOptions(name, argv);
    verbose = options.verbose;
    if (verbose) tellCalls((line) => { process.stderr.write(`${style.spell(redact(line))}\n`); });
    const told = await tellOnly(options, { environment: person, home: homeOf(person) }, style);
    if (told !== null) {
      await written(process.stdout, spell(told.output));
      await written(process.stderr, style.spell(told.warnings));
      return output.failed() ? 1 : 0;
    }
    const run = makeRun(options, person, screen, record, interruption, cleanups);
    await sweepLeft(run.surroundings);
    await Promise.race([command(run), interruption.happened, faults.happened]);
  } catch (error) {
    failure = asFailure(error, verbose);
    screen.failure(failure);
  } finally {
    for (const cleanup of cleanups.toReversed()) {
      try {
        await cleanup();
      } catch (error) {
        // What could not be left as it should be is no success; what failed before says it already.
        if (failure === null) screen.failure(failure = asFailure(error, verbose));
      }
    }
    faults.stop();
    // Signals stay watched to the end: npm passes the same one on a second time, and unwatched it would end us without our code.
  }
  const report = reportOf(record, failure, performance.now() - started);
  await summarize(person, name, report, record.deployed);
  if (json) await written(process.stdout, spell(reportJson(report)));
  const resultLost = output.failed() && (json || givesData(name));
  return failure?.exitCode ?? (resultLost ? 1 : 0);
}

/** Settles when `text` is written, or cannot be: the process ends next. */
function written(stream: NodeJS.WriteStream, text: string): Promise<void> {
  return new Promise((resolve) => { stream.write(text, () => resolve()); });
}

function makeRun(options: Options, person: Readonly<{ [name: string]: string | undefined }>, screen: Screen, record: RunRecord, interruption: Interruption, cleanups: (() => Promise<void>)[]): Run {
  const projectDirectory = process.cwd();
  const cache = join(projectDirectory, '.takeoff');
  const configuration = readConfiguration(projectDirectory);
  const incomplete = options.assembly === undefined ? missingContext(configuration.optionalStacks ?? {}, options) : null;
  if (incomplete !== null) throw incomplete;
  const asks = canAsk(person, options, process.stdin.isTTY, process.stdout.isTTY);
  let local: Promise<OpenLocalAws> | null = null;
  return {
    options,
    surroundings: { environment: person, projectDirectory, home: homeOf(person), options, ci: configuration.ci, mask: maskOn(person, process.stderr), ...(asks ? { askMfaCode: mfaCodeFrom(screen) } : {}) },
    configuration,
    target: null,
    screen,
    canAsk: asks,
    record,
    interruption,
    cache,
    openLocal() {
      local ??= import('../local-aws/open').then(async ({ openLocalAws }) => {
        const opened = await openLocalAws({ folder: join(cache, 'local') });
        cleanups.push(() => opened.close());
        return opened;
      });
      return local;
    },
  };
}

function homeOf(person: Readonly<{ [name: string]: string | undefined }>): string {
  return person['HOME'] || homedir();
}

/** Asks the person at the terminal. What asks is loaded with the first question. */
function mfaCodeFrom(screen: Screen): NonNullable<Surroundings['askMfaCode']> {
  return async (serial, wasRefused) => {
    const [{ withPrompts }, { askMfaCode }] = await Promise.all([import('../terminal/prompts'), import('../terminal/ask-mfa-code')]);
    return withPrompts((prompts) => askMfaCode({ prompts, style: screen.style, write: (text) => { screen.line(text); } }, serial, wasRefused));
  };
}

/** Whether a command's standard output is data that goes into a file or a pipe: an answer, a template. */
function givesData(name: CommandName): boolean {
  return name === 'call' || name === 'synth';
}
