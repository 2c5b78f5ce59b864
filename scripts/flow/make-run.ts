import { homedir } from 'node:os';
import { join } from 'node:path';
import { maskOn } from '../ci/mask';
import { missingContext } from '../configuration/optional-stacks';
import { readConfiguration } from '../configuration/read-configuration';
import type { AskMfaCode } from '../credentials/source';
import type { OpenLocalAws } from '../local-aws/open';
import type { Options } from '../options/options';
import type { Environment } from '../process/environment';
import { canAsk } from '../terminal/can-ask';
import type { Screen } from '../terminal/screen';
import type { Interruption } from './interruption';
import type { RunRecord } from './record';
import type { Cleanup, Run } from './run';

/**
 * A run in the current folder.
 *
 * @param person the environment that the person's shell gave
 * @param cleanups gets what is to be undone when the run ends
 * @throws Failure where cdk.json is not right, or the context lacks what a named stack needs
 */
export function makeRun(options: Options, person: Environment, screen: Screen, record: RunRecord, interruption: Interruption, cleanups: Cleanup[]): Run {
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
    atEnd(cleanup) {
      cleanups.push(cleanup);
    },
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

/** The person's home folder. */
export function homeOf(person: Environment): string {
  return person['HOME'] || homedir();
}

/** Asks the person at the terminal. What asks is loaded with the first question. */
function mfaCodeFrom(screen: Screen): AskMfaCode {
  return async (serial, wasRefused, use) => {
    const [{ withPrompts }, { askMfaCode }] = await Promise.all([import('../terminal/prompts'), import('../terminal/ask-mfa-code')]);
    return withPrompts(async (prompts) => {
      const code = await askMfaCode({ prompts, style: screen.style, write: (text) => { screen.line(text); } }, serial, wasRefused);
      return prompts.busy(() => use(code));
    });
  };
}
