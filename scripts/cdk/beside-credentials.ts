import type { AwsVariables } from '../credentials/connection/aws-variables';
import type { Provider } from '../credentials/source';
import type { Ending } from '../process/spawn';
import { serveCredentials } from './credential-endpoint';
import { handOverEnvironment, type HandOverTarget, type PersonEnvironment } from './environments';
import { cdkHome, forgetKeys } from './folders';
import { loadCdk, type LoadedCdk } from './loaded-cdk';
import type { Output } from './output';
import type { Interrupted } from './start-cdk';

/** Whose credentials CDK is to use, and where. */
export interface Authority {
  readonly provider: Provider;
  /** Twelve digits, proved. */
  readonly account: string;
  readonly region: string;
  readonly aws: AwsVariables;
}

/** Where a CDK that is to have credentials runs, and what it shares with the app. */
export interface BesideCredentials extends Pick<HandOverTarget, 'assetCommands' | 'appVariables'> {
  readonly projectDirectory: string;
  /** The environment that the person's shell gave. */
  readonly person: PersonEnvironment;
  readonly authority: Authority;
  readonly output: Output;
  /** Its argv. Where it is loaded ahead, what of it is known by then. */
  readonly args: readonly string[];
  /** Whether a person answers its questions at the terminal. */
  readonly answers?: boolean;
}

/**
 * Starts a CDK that loads ahead, in the environment that it is to have beside credentials. It cannot ask for them yet.
 *
 * @throws Failure TOOLCHAIN
 */
export function loadBesideCredentials({ projectDirectory, person, authority, output, args, answers = false, assetCommands = false, appVariables = [] }: BesideCredentials): Promise<LoadedCdk> {
  const { account, region, aws } = authority;
  const env = handOverEnvironment(person, { account, region, aws, cdkHome: cdkHome(projectDirectory), assetCommands, appVariables });
  return loadCdk(projectDirectory, { env, output, answers, args });
}

/** A run of CDK beside credentials. */
export interface RunBesideCredentials extends BesideCredentials {
  /** One that was loaded ahead for the same environment and output. */
  readonly loaded?: LoadedCdk;
  readonly interrupted: Interrupted;
}

/**
 * Runs CDK with no key in its environment, arguments or files. It asks a credential endpoint that is served while it
 * runs, and holds what that answers in memory. The one that was loaded ahead runs, or is ended where it does not fit.
 *
 * @throws Failure INTERRUPTED, TOOLCHAIN
 */
export async function runBesideCredentials({ loaded, interrupted, ...init }: RunBesideCredentials): Promise<Ending> {
  const fits = loaded?.answers === (init.answers ?? false); // whether it reads from the terminal is settled when it starts
  if (!fits) await loaded?.dismiss();
  const endpoint = await serveCredentials(init.authority.provider);
  try {
    const cdk = fits ? loaded : await loadBesideCredentials(init);
    return await cdk.run({ args: init.args, env: { AWS_CONTAINER_CREDENTIALS_FULL_URI: endpoint.uri, AWS_CONTAINER_AUTHORIZATION_TOKEN: endpoint.token } }, interrupted);
  } finally {
    await endpoint.close();
    forgetKeys(cdkHome(init.projectDirectory));
  }
}
