import { nearest } from '../configuration/nearest';
import { usage, type Failure } from '../failures/failure';
import type { Assembly, AssemblyStack } from './assembly';
import { inDeploymentOrder } from './deployment-order';
import { matching, stackPattern } from './stack-pattern';

/** Which stacks a command line selects. */
export interface Selection {
  readonly command: 'deploy' | 'diff' | 'destroy';
  /** Names, or patterns with `*`, as the person gave them. */
  readonly names: readonly string[];
  /** `--all`: the stacks outside stages. It outweighs the names. */
  readonly all: boolean;
  /** `--exclusively`: without the stacks that the selected ones depend on, or for destroy those that depend on them. */
  readonly exclusively: boolean;
  /** `--ignore-no-stacks`: an app without stacks is no error. */
  readonly ignoreNoStacks?: boolean;
  /** What the commands that are shown end with, so that they lead to the same account: `--env prod`. */
  readonly sameOptions?: string;
}

type Stacks = readonly AssemblyStack[];

/** A command that a person can copy. */
function commandFor({ command, sameOptions = '' }: Selection, ...names: readonly string[]): string {
  return ['npm run', command, '--', ...names, sameOptions].filter((part) => part !== '').join(' ');
}

function listed(stacks: Stacks): string {
  return stacks.map(({ id }) => id).join(', ');
}

/** How the stacks of a stage are named, as a shell leaves it alone: `'Prod/*'`. */
function stagePatterns(stacks: Stacks): string[] {
  return [...new Set(stacks.filter(({ nested }) => nested === true).map(({ id }) => `'${id.split('/')[0] ?? ''}/*'`))];
}

function onlyStages(selection: Selection, stacks: Stacks): Failure {
  return usage(`All stacks of the app are in stages (${listed(stacks)}), and neither --all nor a command without names takes those.`, commandFor(selection, ...stagePatterns(stacks)));
}

function severalStacks(selection: Selection, stacks: Stacks): Failure {
  const [stage] = stagePatterns(stacks);
  const commands = [
    `${commandFor(selection, stacks[0]?.id ?? '')}   (one of them)`,
    `${commandFor(selection, '--all')}   (or all${stage === undefined ? '' : ' outside stages'})`,
    ...(stage === undefined ? [] : [`${commandFor(selection, stage)}   (or those of a stage)`]),
  ];
  return usage(`The app has more than one stack (${listed(stacks)}), and none was named.`, commands.join('\n'));
}

function noMatch(name: string, selection: Selection, stacks: Stacks): Failure {
  const byName = stacks.find((stack) => stack.name === name);
  if (byName !== undefined) return usage(`${name} is the name in CloudFormation, and CDK selects stacks by their ids.`, commandFor(selection, byName.id));
  const guess = nearest(name, stacks.map(({ id }) => id));
  const quotes = /[*?{}[\]()!]/.test(name) ? ' Put patterns in quotes, so that the shell leaves them alone.' : '';
  return usage(`No stack matches ${name}.${guess === null ? '' : ` The nearest is ${guess}.`}`, `The app has: ${listed(stacks)}.${quotes}`);
}

function named(stacks: Stacks, selection: Selection): Stacks {
  const patterns = selection.names.map(stackPattern);
  const idle = patterns.find((pattern) => !pattern.excludes && !stacks.some((stack) => pattern.concerns(stack)));
  if (idle !== undefined) throw noMatch(idle.given, selection, stacks);
  const selected = matching(stacks, patterns);
  if (selected.length === 0) throw noMatch(selection.names.join(' '), selection, stacks);
  return selected;
}

function chosen(stacks: Stacks, selection: Selection): Stacks {
  const { command, names, ignoreNoStacks = false } = selection;
  const ofApp = stacks.filter(({ nested }) => nested !== true);
  if (stacks.length === 0 && ignoreNoStacks) return [];
  if (stacks.length === 0) throw usage('The app has no stacks.', 'Add one to the app that cdk.json names.');
  const all = selection.all && command !== 'diff';
  if (names.length > 0 && !all) return named(stacks, selection);
  if (command === 'diff') return ofApp;
  if (ofApp.length === 0) throw onlyStages(selection, stacks);
  if (ofApp.length > 1 && !all) throw severalStacks(selection, stacks);
  return ofApp;
}

/** `selected` with the stacks that must come with them: deployed before, or destroyed before. */
function extended(stacks: Stacks, selected: Stacks, command: Selection['command']): Stacks {
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
 * The stacks that CDK will take, in the order in which it takes them, so that the plan shows them before the question.
 * What CDK would refuse is refused here; so is a name that matches nothing beside one that does, which CDK passes over.
 * https://docs.aws.amazon.com/cdk/v2/guide/ref-cli-cmd-deploy.html
 *
 * @throws Failure USAGE where a name matches nothing, or several stacks are there and none is named
 */
export function selectStacks({ stacks }: Pick<Assembly, 'stacks'>, selection: Selection): readonly AssemblyStack[] {
  const selected = chosen(stacks, selection);
  const ordered = inDeploymentOrder(selection.exclusively ? selected : extended(stacks, selected, selection.command));
  return selection.command === 'destroy' ? ordered.toReversed() : ordered;
}
