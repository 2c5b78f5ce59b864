import type { AllowedFinding } from './allowed-findings';
import type { CiSettings } from './ci-settings';
import type { OptionalStacks } from './optional-stacks';
import type { TargetEnvironment } from './target-environment';

/** What the wrapper reads of cdk.json: the app's own settings, and `context.takeoff`. */
export interface Configuration {
  /** The app command, `null` where cdk.json has none. */
  readonly app: string | null;
  /** The build command that runs before the app. */
  readonly build: string | null;
  /** Of the bootstrap resources: `@aws-cdk/core:bootstrapQualifier` of the context, else `hnb659fds`. */
  readonly qualifier: string;
  /** Places to deploy to, by name, in the order of the file. */
  readonly environments: readonly TargetEnvironment[];
  /** Accounts that may be deployed to, twelve digits each; any where empty. */
  readonly accounts: readonly string[];
  /** Regions that may be deployed to; any where empty. */
  readonly regions: readonly string[];
  /** How long a session must still last when a change begins, in minutes. */
  readonly minSessionMinutes: number;
  /** From which age on long-term keys should be rotated, in days. */
  readonly maxKeyAgeDays: number;
  readonly allowLongTermKeysInCi: boolean;
  readonly allowRoot: boolean;
  /** Whether asset `executable`s, Docker builds and plugins may run beside the credential endpoint. */
  readonly allowAssetCommands: boolean;
  /** Names of environment variables that the app gets at synthesis, besides what every program needs. */
  readonly appVariables: readonly string[];
  /** Findings of the check source-secrets that are none; absent where there are none. */
  readonly allowFindings?: readonly AllowedFinding[];
  /** How jobs of CI get credentials; absent where nothing is said. */
  readonly ci?: CiSettings;
  /** Stacks that need context which cdk.json has not; absent where nothing is said. */
  readonly optionalStacks?: OptionalStacks;
}
