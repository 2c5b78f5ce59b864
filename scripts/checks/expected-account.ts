import type { TargetEnvironment } from '../configuration/target-environment';

/** The account that the credentials must be of. */
export interface ExpectedAccount {
  readonly account: string;
  /** Which is in that account; `null` where `--account` says so. */
  readonly environment: TargetEnvironment | null;
}
