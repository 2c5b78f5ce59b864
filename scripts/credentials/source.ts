import type { CiSettings } from '../configuration/ci-settings';
import type { TargetEnvironment } from '../configuration/target-environment';
import type { Options } from '../options/options';
import type { Environment } from '../process/environment';
import type { AwsVariables } from './connection/aws-variables';

/** An access key: long-term, or of a session where it has a token. */
export interface Credentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string;
  readonly expiration?: Date;
}

/** Yields credentials, the same while they last and new ones afterwards. */
export type Provider = () => Promise<Credentials>;

/** The names of the JSON report. */
export type SourceName = 'local' | 'profile' | 'environment' | 'web-identity' | 'dotenv' | 'container' | 'instance' | 'prompt';

/** A region of AWS, and who said it. */
export interface Region {
  readonly value: string;
  /** Where it was said: `--region`, `--env prod`, `AWS_REGION`, `AWS_DEFAULT_REGION`, `profile dev`, `.env`, `prompt`, `local`. */
  readonly source: string;
}

/** Where credentials were found, and what came with them. */
export interface Found {
  readonly source: SourceName;
  readonly profile: string | null;
  /** How reports call it: `environment keys`, `profile dev`, `.env`. */
  readonly title: string;
  readonly provider: Provider;
  /** The region that came with them. */
  readonly region: Region | null;
  /** Whether that is the only one, which no variable changes. */
  readonly ownRegion?: boolean;
  /** Which AWS they are for: its endpoint variables, resolved once for the proof and for CDK. */
  readonly aws: AwsVariables;
  /** Whether the provider gives a new session where one ends, with nobody asked. */
  readonly renews?: boolean;
  /** Until when it does, where that is known: the end of a login. */
  readonly renewsUntil?: Date;
  /** How their session is made new: the exact command. */
  readonly renewal?: string;
}

/** What one source has. */
export type Outcome =
  | { readonly kind: 'found'; readonly found: Found; readonly warnings?: readonly string[] }
  /** Not here: the next source is looked at. Anything else that is wrong throws a Failure and stops. */
  | { readonly kind: 'absent'; readonly why: string };

/**
 * Asks the person for the six digits that the MFA device `serial` shows, once more where the last were refused, and runs
 * `use` with what was given: meanwhile nothing that is typed is shown. May end in a Failure.
 */
export type AskMfaCode = <Result>(serial: string, wasRefused: boolean, use: (code: string) => Promise<Result>) => Promise<Result>;

/** What sources look at. */
export interface Surroundings {
  /** The environment that the person's shell gave, before the wrapper removed AWS's variables from its own. */
  readonly environment: Environment;
  readonly projectDirectory: string;
  readonly home: string;
  readonly options: Pick<Options, 'command' | 'profile' | 'region' | 'local' | 'assembly'>;
  /** The environment of cdk.json that the run is for. */
  readonly target?: TargetEnvironment | undefined;
  /** Absent where nobody can be asked. */
  readonly askMfaCode?: AskMfaCode | undefined;
  /** What cdk.json says of CI. */
  readonly ci?: CiSettings | undefined;
  /** Tells the CI system a secret, so that its logs hide it. */
  readonly mask?: ((secret: string) => void) | undefined;
}

/** One place where credentials can be. */
export interface Source {
  /** As in the report: `environment keys`, `.env`, `default profile`. */
  readonly title: string;
  /** Whether nothing else is even looked at where it has some. */
  readonly alone?: boolean;
  find(surroundings: Surroundings): Promise<Outcome>;
  /**
   * What lies here, for a report of what an earlier source shadows: `profile dev`. `null` for nothing. Looks at files
   * and variables only.
   *
   * @throws Failure where a file is broken
   */
  holds?(surroundings: Surroundings): string | null;
}
