import type { Assembly, AssemblyStack } from '../assembly/assembly';
import { selectStacks, type Selection } from '../assembly/select-stacks';
import type { Options } from '../options/options';

/** Whether a flag of CDK's is on, as yargs reads it: the last time counts; `--all`, `--all=false`, `--all false`, `--no-all`. */
function isOn(args: readonly string[], ...names: readonly string[]): boolean {
  let on = false;
  for (const [index, argument] of args.entries()) {
    const [flag = '', glued] = argument.split('=', 2);
    if (names.includes(flag)) on = (glued ?? args[index + 1]) !== 'false';
    else if (names.some((name) => flag === name.replace(/^--/, '--no-'))) on = false;
  }
  return on;
}

/**
 * The stacks that CDK will take for this command line.
 *
 * @param sameOptions what the commands that are shown end with: `--env prod`
 * @throws Failure USAGE where CDK would refuse it
 */
export function selectedStacks({ stacks, cdkArguments }: Pick<Options, 'stacks' | 'cdkArguments'>, command: Selection['command'], assembly: Assembly, sameOptions = ''): readonly AssemblyStack[] {
  return selectStacks(assembly, {
    command,
    names: stacks,
    all: isOn(cdkArguments, '--all'),
    exclusively: isOn(cdkArguments, '--exclusively', '-e'),
    ignoreNoStacks: isOn(cdkArguments, '--ignore-no-stacks', '--ignoreNoStacks'),
    sameOptions,
  });
}
