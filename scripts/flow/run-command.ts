import { tellCalls } from '../credentials/connection/call-log';
import type { Failure } from '../failures/failure';
import { asksForJson } from '../options/asks-for-json';
import type { CommandName } from '../options/options';
import { parseOptions } from '../options/parse';
import { redactDebugOutput } from '../secrets/debug-output';
import { redact } from '../secrets/redact';
import { reportJson } from '../terminal/screen';
import { asFailure } from './as-failure';
import { takeEnvironment } from './take-environment';
import { watchFaults } from './faults';
import { watchSignals } from './interruption';
import { homeOf, makeRun } from './make-run';
import { emptyRecord, reportOf } from './record';
import type { Cleanup, Command } from './run';
import { givesData, screenFor } from './screen-for';
import { summarize } from './summarize';
import { sweepLeft } from './sweep-left';
import { tellOnly } from './tell-only';
import { watchOutput } from './watch-output';

/**
 * Runs one command: the whole of what an entry does but exiting.
 *
 * @returns the exit code
 */
export async function runCommand(name: CommandName, command: Command): Promise<number> {
  const started = performance.now();
  const person = takeEnvironment(process.env);
  const argv = process.argv.slice(3);
  const record = emptyRecord();
  const cleanups: Cleanup[] = [];
  const interruption = watchSignals();
  const faults = watchFaults();
  const output = watchOutput(name, process.stdout, process.stderr);
  if (person['NODE_DEBUG'] !== undefined) redactDebugOutput(process.stderr);
  const json = asksForJson(name, argv);
  const screen = screenFor(name, person, json);
  const { spell, spellJson } = screen.style;
  let failure: Failure | null = null;
  let verbose = argv.includes('--verbose');
  try {
    const options = parseOptions(name, argv);
    verbose = options.verbose;
    if (verbose) tellCalls((line) => { process.stderr.write(`${spell(redact(line))}\n`); });
    const told = await tellOnly(options, { environment: person, home: homeOf(person) }, screen.style);
    if (told !== null) {
      await written(process.stdout, (json ? spellJson : spell)(told.output));
      await written(process.stderr, spell(told.warnings));
      return output.failed() ? 1 : 0;
    }
    const run = makeRun(options, person, screen, record, interruption, cleanups);
    await sweepLeft(run.surroundings);
    await Promise.race([command(run), interruption.happened, faults.happened]);
  } catch (error) {
    screen.failure(failure = asFailure(error, verbose));
  } finally {
    const errors = await cleanUp(cleanups);
    // What could not be left as it should be is no success; what failed before says it already.
    if (failure === null && errors.length > 0) screen.failure(failure = asFailure(errors[0], verbose));
    faults.stop();
    // Signals stay watched to the end: npm passes the same one on a second time, and unwatched it would end us without our code.
  }
  const report = reportOf(record, failure, performance.now() - started);
  await summarize(person, name, report, record.deployed);
  if (json) await written(process.stdout, spellJson(reportJson(report)));
  const resultLost = output.failed() && (json || givesData(name));
  return failure?.exitCode ?? (resultLost ? 1 : 0);
}

/** Undoes what the run has opened, the latest first. @returns what failed in it: the rest is undone all the same */
async function cleanUp(cleanups: readonly Cleanup[]): Promise<readonly unknown[]> {
  const errors: unknown[] = [];
  for (const cleanup of cleanups.toReversed()) {
    try {
      await cleanup();
    } catch (error) {
      errors.push(error);
    }
  }
  return errors;
}

/** Settles when `text` is written, or cannot be: the process ends next. */
function written(stream: NodeJS.WriteStream, text: string): Promise<void> {
  return new Promise((resolve) => { stream.write(text, () => resolve()); });
}
