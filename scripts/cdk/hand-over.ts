import type { SealedAssembly } from '../assembly/seal';
import type { Ending } from '../process/spawn';
import { asksItself, handOverArguments, type HandedOver } from './arguments';
import { runBesideCredentials, type Authority } from './beside-credentials';
import type { PersonEnvironment } from './environments';
import type { LoadedCdk } from './loaded-cdk';
import type { Output } from './output';
import { commandsBesideCredentials, onlyPlugins, pluginsOf, verifyCommandsAllowed } from './plugins';
import { verifyUnchanged } from './verify-unchanged';

/** A command that CDK is to run beside the credentials. */
export interface HandOver {
  readonly command: HandedOver;
  readonly projectDirectory: string;
  /** The environment that the person's shell gave. */
  readonly person: PersonEnvironment;
  readonly authority: Authority;
  /** As it was before the audit; `null` for bootstrap. */
  readonly assembly: Pick<SealedAssembly, 'directory' | 'seal'> | null;
  /** Asset executables and Docker builds of the assembly, as a person would read them. */
  readonly assetCommands: readonly string[];
  readonly allowAssetCommands: boolean;
  /** Names of the person's variables that asset commands get besides what every app needs. */
  readonly appVariables: readonly string[];
  /** Stacks as the person named them. Bootstrap is given the account and region of `authority` where there are none. */
  readonly stacks: readonly string[];
  /** The person's own arguments of the command, unchanged and in order. */
  readonly args: readonly string[];
  readonly qualifier: string;
  /** The command of the person's, to copy: `npm run deploy -- --yes`. */
  readonly again: string;
  readonly output: Output;
  /** Whether stdin is a terminal with a person at it, for CDK's own question with `--require-approval`. */
  readonly interactive: boolean;
  /** A CDK that was loaded for this before. */
  readonly loaded?: LoadedCdk;
}

const interrupted: Readonly<Record<HandedOver, string>> = {
  deploy: 'Interrupted. CDK has ended; a deployment that CloudFormation has begun goes on without it.',
  destroy: 'Interrupted. CDK has ended; a deletion that CloudFormation has begun goes on without it.',
  bootstrap: 'Interrupted. CDK has ended; what CloudFormation has begun goes on without it.',
  diff: 'Interrupted. Nothing was changed.',
};

/** `aws://ACCOUNT/REGION`, explicit, so that bootstrap depends on no app and no guess. */
function targets(init: HandOver): readonly string[] {
  if (init.command !== 'bootstrap' || init.stacks.length > 0) return init.stacks;
  return [`aws://${init.authority.account}/${init.authority.region}`];
}

/**
 * Runs a command of CDK on a finished assembly, beside the credential endpoint.
 *
 * @returns how CDK ended
 * @throws Failure INTERRUPTED, USAGE where something would run beside the credentials that is not allowed to,
 *   ASSEMBLY_CHANGED, or TOOLCHAIN
 */
export async function runCdk(init: HandOver): Promise<Ending> {
  const { assembly, projectDirectory, person, authority, appVariables, output } = init;
  const plugins = pluginsOf(projectDirectory);
  verifyCommandsAllowed(commandsBesideCredentials(plugins, init.assetCommands), init.allowAssetCommands);
  if (assembly !== null) await verifyUnchanged(assembly, init.again);
  return runBesideCredentials({
    projectDirectory,
    person,
    authority,
    appVariables,
    output,
    assetCommands: init.allowAssetCommands,
    args: handOverArguments({ ...init, assembly: assembly?.directory ?? null, stacks: targets(init), region: authority.region, plugins: onlyPlugins(projectDirectory, plugins) }),
    answers: init.interactive && asksItself(init.args),
    ...(init.loaded === undefined ? {} : { loaded: init.loaded }),
    interrupted: { message: interrupted[init.command], fix: `Look at the stack, and run it again: ${init.again}` },
  });
}
