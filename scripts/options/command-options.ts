import { cdkOptionsOf, globalOptions, isCdkCommand, type CdkOption } from './cdk-options';
import type { CommandName } from './options';
import { ownOptionsOf, type OwnOption } from './own-options';

/** An option as one command has it. */
export type Known =
  | { readonly kind: 'own'; readonly name: string; readonly option: OwnOption }
  | { readonly kind: 'cdk'; readonly name: string; readonly option: CdkOption };

/** What of CDK's options `command` takes: all of its own command; what belongs to synthesis for `preflight --synth`. */
function cdkOptionsFor(command: CommandName): readonly CdkOption[] {
  if (isCdkCommand(command)) return cdkOptionsOf(command).filter((option) => option.goes !== 'ours');
  if (command !== 'preflight') return [];
  return globalOptions.filter((option) => option.goes === 'synthesis' || option.goes === 'both' || typeof option.goes === 'object');
}

/** Every option of `command` by each of its names. Where both have one, ours wins. */
export function optionsByName(command: CommandName): ReadonlyMap<string, Known> {
  const known = new Map<string, Known>();
  for (const option of cdkOptionsFor(command)) {
    for (const name of option.names) known.set(name, { kind: 'cdk', name: option.names[0] ?? name, option });
  }
  for (const option of ownOptionsOf(command)) {
    for (const name of option.names) known.set(name, { kind: 'own', name: option.names[0] ?? name, option });
  }
  return known;
}
