import type { AwsVariables } from '../credentials/connection/aws-variables';
import type { Provider } from '../credentials/source';
import type { Ending } from '../process/spawn';
import { cdkProgram } from './cdk-program';
import { serveCredentials } from './credential-endpoint';
import { handOverEnvironment, type HandOverTarget, type PersonEnvironment } from './environments';
import { cdkHome, forgetKeys } from './folders';
import { runChild, type ChildRun } from './run-child';

/** Whose credentials CDK is to use, and where. */
export interface Authority {
  readonly provider: Provider;
  /** Twelve digits, proved. */
  readonly account: string;
  readonly region: string;
  readonly aws: AwsVariables;
}

export interface BesideCredentials extends Pick<ChildRun, 'args' | 'output' | 'answers' | 'interrupted'>, Pick<HandOverTarget, 'assetCommands' | 'appVariables'> {
  readonly projectDirectory: string;
  /** The environment that the person's shell gave. */
  readonly person: PersonEnvironment;
  readonly authority: Authority;
}

/**
 * Runs CDK with no key in its environment, arguments or files. It asks a credential endpoint that is served while it
 * runs, and holds what that answers in memory.
 *
 * @throws Failure INTERRUPTED, TOOLCHAIN
 */
export async function runBesideCredentials({ projectDirectory, person, authority, assetCommands = false, appVariables = [], ...run }: BesideCredentials): Promise<Ending> {
  const program = cdkProgram(projectDirectory);
  const home = cdkHome(projectDirectory);
  const { provider, account, region, aws } = authority;
  const endpoint = await serveCredentials(provider);
  try {
    return await runChild({
      ...run,
      program,
      cwd: projectDirectory,
      env: handOverEnvironment(person, { endpointUri: endpoint.uri, endpointToken: endpoint.token, account, region, aws, cdkHome: home, assetCommands, appVariables }),
    });
  } finally {
    await endpoint.close();
    forgetKeys(home);
  }
}
