import type { SealedAssembly } from '../assembly/seal';
import type { AwsVariables } from '../credentials/connection/aws-variables';
import type { Provider } from '../credentials/source';
import type { Ending } from '../process/spawn';
import { asksItself, handOverArguments, type HandedOver } from './arguments';
import { cdkProgram } from './cdk-program';
import { serveCredentials } from './credential-endpoint';
import { handOverEnvironment, type PersonEnvironment } from './environments';
import { cdkHome, forgetKeys } from './folders';
import type { Output } from './output';
import { pluginsOf, verifyCommandsAllowed } from './plugins';
import { runChild } from './run-child';
import { verifyUnchanged } from './verify-unchanged';

/** Whose credentials CDK is to use, and where. */
export interface Authority {
  readonly provider: Provider;
  /** Twelve digits, proved. */
  readonly account: string;
  readonly region: string;
  readonly aws: AwsVariables;
}

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
  /** Names of the person's variables that those get besides what every app needs. */
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

/** What CDK would run beside the credentials: plugins, asset executables, Docker builds. The plan names them. */
export function commandsBesideCredentials(projectDirectory: string, assetCommands: readonly string[]): string[] {
  return [...pluginsOf(projectDirectory).map((plugin) => `CDK plugin: ${plugin}`), ...assetCommands];
}

/**
 * Runs a command of CDK on a finished assembly. CDK gets no key: it asks a credential endpoint that is served
 * while it runs.
 *
 * @returns how CDK ended
 * @throws Failure INTERRUPTED, USAGE where something would run beside the credentials that is not allowed to,
 *   or ASSEMBLY_CHANGED
 */
export async function runCdk(init: HandOver): Promise<Ending> {
  const program = cdkProgram(init.projectDirectory);
  const { assembly } = init;
  verifyCommandsAllowed(commandsBesideCredentials(init.projectDirectory, init.assetCommands), init.allowAssetCommands);
  const { provider, account, region, aws } = init.authority;
  const home = cdkHome(init.projectDirectory);
  if (assembly !== null) await verifyUnchanged(assembly, init.again);
  const endpoint = await serveCredentials(provider);
  try {
    return await runChild({
      program,
      args: handOverArguments({ ...init, assembly: assembly?.directory ?? null, stacks: targets(init), region }),
      cwd: init.projectDirectory,
      env: handOverEnvironment(init.person, {
        endpointUri: endpoint.uri,
        endpointToken: endpoint.token,
        account,
        region,
        aws,
        cdkHome: home,
        assetCommands: init.allowAssetCommands,
        appVariables: init.appVariables,
      }),
      output: init.output,
      answers: init.interactive && asksItself(init.args),
      interrupted: { message: interrupted[init.command], fix: `Look at the stack, and run it again: ${init.again}` },
    });
  } finally {
    await endpoint.close();
    forgetKeys(home);
  }
}
