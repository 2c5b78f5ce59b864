import { explainableText } from '../explanations/names';
import type { CommandName, Options } from './options';

/** The options of ours that take no value, with the key of {@link Options} that they set. */
type FlagKey = 'local' | 'yes' | 'noInput' | 'json' | 'synth' | 'verbose' | 'help' | 'listProfiles' | 'wipe';
type ValueKey = 'env' | 'profile' | 'region' | 'account' | 'assembly' | 'stack' | 'outputsFile' | 'data' | 'explain';

/** An option of ours. */
export interface OwnOption {
  /** Long and short names, without dashes. */
  readonly names: readonly string[];
  /** What it can be given, for whoever gives it nothing. */
  readonly values?: string;
  readonly sets: { readonly flag: FlagKey & keyof Options } | { readonly value: ValueKey };
  /** The commands that have it. */
  readonly commands: readonly CommandName[];
}

const withAws: readonly CommandName[] = ['preflight', 'deploy', 'synth', 'diff', 'destroy', 'bootstrap', 'call'];
const all: readonly CommandName[] = [...withAws, 'local', 'ci:init'];

/** Every option of ours. There is none that takes a key, a secret or a token. */
export const ownOptions: readonly OwnOption[] = [
  { names: ['env'], sets: { value: 'env' }, commands: withAws },
  { names: ['profile'], sets: { value: 'profile' }, commands: withAws },
  { names: ['region'], sets: { value: 'region' }, commands: withAws },
  { names: ['account'], sets: { value: 'account' }, commands: withAws },
  { names: ['local'], sets: { flag: 'local' }, commands: withAws },
  { names: ['yes', 'y'], sets: { flag: 'yes' }, commands: all },
  { names: ['no-input'], sets: { flag: 'noInput' }, commands: all },
  { names: ['json', 'j'], sets: { flag: 'json' }, commands: all },
  { names: ['verbose', 'v'], sets: { flag: 'verbose' }, commands: all },
  { names: ['help', 'h'], sets: { flag: 'help' }, commands: all },
  { names: ['explain'], sets: { value: 'explain' }, values: explainableText, commands: all },
  { names: ['list-profiles'], sets: { flag: 'listProfiles' }, commands: withAws },
  { names: ['synth'], sets: { flag: 'synth' }, commands: ['preflight'] },
  { names: ['assembly'], sets: { value: 'assembly' }, commands: ['preflight', 'deploy', 'diff', 'destroy'] },
  { names: ['stack'], sets: { value: 'stack' }, commands: ['call'] },
  { names: ['outputs-file'], sets: { value: 'outputsFile' }, commands: ['call'] },
  { names: ['data'], sets: { value: 'data' }, commands: ['call'] },
  { names: ['wipe'], sets: { flag: 'wipe' }, commands: ['local'] },
];

/** The options of ours that `command` has. */
export function ownOptionsOf(command: CommandName): readonly OwnOption[] {
  return ownOptions.filter((option) => option.commands.includes(command));
}
