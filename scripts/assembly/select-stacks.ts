import { nearest } from '../configuration/nearest';
import { usage, type Failure } from '../failures/failure';
import type { Assembly, AssemblyStack } from './assembly';
import { stackPattern } from './stack-pattern';

export interface Selection {
  readonly command: 'deploy' | 'diff' | 'destroy';
  /** Names, or patterns with `*`, as the person gave them. */
  readonly names: readonly string[];
  /** `--all`. */
  readonly all: boolean;
  /** `--exclusively`: without the stacks that depend on each other. */
  readonly exclusively: boolean;
}

function listed(stacks: readonly AssemblyStack[]): string {
  return stacks.map(({ id }) => id).join(', ');
}

function severalStacks(command: string, stacks: readonly AssemblyStack[]): Failure {
  return usage(`The app has more than one stack (${listed(stacks)}), and none was named.`, `Name the stacks, for example npm run ${command} -- ${stacks[0]?.id ?? ''}, or take them all: npm run ${command} -- --all`);
}

function noMatch(name: string, stacks: readonly AssemblyStack[]): Failure {
  const guess = nearest(name, stacks.map(({ id }) => id));
  return usage(`No stack matches ${name}.${guess === null ? '' : ` The nearest is ${guess}.`}`, `The app has: ${listed(stacks)}`);
}

function matching(stacks: readonly AssemblyStack[], names: readonly string[]): AssemblyStack[] {
  const patterns = names.map((name) => ({ name, matches: stackPattern(name) }));
  const idle = patterns.find(({ matches }) => !stacks.some(({ id }) => matches(id)));
  if (idle !== undefined) throw noMatch(idle.name, stacks);
  return stacks.filter(({ id }) => patterns.some(({ matches }) => matches(id)));
}

function chosen({ stacks }: Assembly, { command, names, all }: Selection): readonly AssemblyStack[] {
  if (names.length > 0) return matching(stacks, names);
  const ofApp = stacks.filter((stack) => stack.nested !== true);
  if (all || command === 'diff') return ofApp;
  if (ofApp.length !== 1) throw severalStacks(command, stacks);
  return ofApp;
}

/** `selected` with the stacks that must come with them: deployed before, or destroyed before. */
function extended(stacks: readonly AssemblyStack[], selected: readonly AssemblyStack[], command: Selection['command']): AssemblyStack[] {
  const ids = new Set(selected.map(({ id }) => id));
  for (let before = -1; before !== ids.size;) {
    before = ids.size;
    for (const { id, dependsOn = [] } of stacks) {
      if (command === 'destroy' && dependsOn.some((other) => ids.has(other))) ids.add(id);
      if (command !== 'destroy' && ids.has(id)) for (const other of dependsOn) ids.add(other);
    }
  }
  return stacks.filter(({ id }) => ids.has(id));
}

/**
 * The stacks that CDK will take, as its own selection has it, so that the plan shows them before the question, and
 * what CDK would refuse is refused before it. https://docs.aws.amazon.com/cdk/v2/guide/ref-cli-cmd-deploy.html
 *
 * @throws Failure USAGE where a name matches nothing, or several stacks are there and none is named
 */
export function selectStacks(assembly: Assembly, selection: Selection): readonly AssemblyStack[] {
  const selected = chosen(assembly, selection);
  return selection.exclusively ? selected : extended(assembly.stacks, selected, selection.command);
}
