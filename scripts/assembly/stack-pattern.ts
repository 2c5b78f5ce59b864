import picomatch from 'picomatch';
import { usage } from '../failures/failure';
import type { AssemblyStack } from './assembly';

/** One name or pattern of a command line. */
export interface StackPattern {
  readonly given: string;
  /** Whether it begins with `!`, and so takes stacks out. */
  readonly excludes: boolean;
  /** Whether it speaks of that stack: selects it, or takes it out. */
  concerns(stack: AssemblyStack): boolean;
}

/**
 * Reads a pattern with the library, and so the rules, with which CDK reads it. Only ids count, not the names in CloudFormation.
 *
 * @throws Failure USAGE for an empty one
 */
export function stackPattern(given: string): StackPattern {
  if (given.trim() === '') throw usage('A stack name is empty.', 'Look at the variable that it was made from, or leave it out.');
  const matches = picomatch(given, undefined, true);
  const excludes = matches.state.negated;
  return { given, excludes, concerns: ({ id }) => matches(id) !== excludes };
}

/** The stacks that `patterns` select together: those that any of them names, or all, less those that one takes out. */
export function matching(stacks: readonly AssemblyStack[], patterns: readonly StackPattern[]): AssemblyStack[] {
  const includes = patterns.filter(({ excludes }) => !excludes);
  const excludes = patterns.filter((pattern) => pattern.excludes);
  return stacks.filter((stack) => (includes.length === 0 || includes.some((pattern) => pattern.concerns(stack))) && !excludes.some((pattern) => pattern.concerns(stack)));
}
