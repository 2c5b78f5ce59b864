import type { Assembly, AssemblyStack } from '../assembly/assembly';
import { selectStacks, type Selection } from '../assembly/select-stacks';
import { isOn } from '../cdk/arguments';
import type { Options } from '../options/options';

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
    all: isOn(cdkArguments, ['--all']),
    exclusively: isOn(cdkArguments, ['--exclusively', '-e']),
    ignoreNoStacks: isOn(cdkArguments, ['--ignore-no-stacks', '--ignoreNoStacks']),
    sameOptions,
  });
}
