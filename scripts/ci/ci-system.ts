import type { Environment } from '../process/environment';

/** How a job reaches what mints its tokens, given by whoever asks for one. */
export interface Means {
  /** Of the job. */
  readonly environment: Environment;
  /** One GET. Rejects where there is no answer, with an AnswerTooLargeError where it is more than any token has. */
  readonly get: (url: URL, headers: Readonly<Record<string, string>>) => Promise<{ readonly status: number; readonly body: Buffer }>;
  /** Waits so many milliseconds. */
  readonly wait?: ((milliseconds: number) => Promise<void>) | undefined;
}

/** A system whose jobs get tokens of OpenID Connect that say what they are. */
export interface CiSystem {
  readonly name: 'github' | 'gitlab' | 'circleci' | 'bitbucket' | 'buildkite';
  /** As people call it. */
  readonly title: string;
  /** A page of its own on tokens for AWS. */
  readonly docs: string;
  /** Whether `environment` is that of one of its jobs. */
  readonly isHere: (environment: Environment) => boolean;
  /**
   * A new token for AWS, or the one that the job was given. Registered as secret.
   *
   * @throws Failure OIDC_TOKEN_UNAVAILABLE, NETWORK_UNREACHABLE
   */
  readonly getToken: (means: Means) => Promise<string>;
  /** The lines with which a job gets a token for AWS, each as it stands in the file. */
  readonly lines: string;
  /** Variables with the number of the run and with the commit, for the name of the session. */
  readonly run: string;
  readonly commit: string;
}

/** The audience of tokens for AWS. https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_providers_create_oidc.html */
export const awsAudience = 'sts.amazonaws.com';
