import type { Configuration } from '../configuration/configuration';
import type { Found, Region, Surroundings } from '../credentials/source';
import type { CheckId } from '../failures/check-ids';
import type { FailureCode } from '../failures/exit-codes';
import type { Proof } from '../identity/prove';
import type { ExpectedAccount } from './expected-account';
import type { Host } from './read-host';

/** What one check found. */
export type CheckResult =
  | { readonly id: CheckId; readonly status: 'pass'; readonly message: string; readonly fix: null }
  | { readonly id: CheckId; readonly status: 'warn' | 'skip'; readonly message: string; readonly fix: string | null }
  | { readonly id: CheckId; readonly status: 'fail'; readonly message: string; readonly fix: string; readonly code: FailureCode };

/** One thing that can be known before CDK starts. It prints nothing, and says why where it skips. */
export interface Check<Subject> {
  readonly id: CheckId;
  run(subject: Subject): CheckResult | Promise<CheckResult>;
}

/** What the checks look at that need no assembly. */
export interface Proven {
  readonly surroundings: Surroundings;
  readonly configuration: Configuration;
  /** The account of `--env` or `--account`. */
  readonly expectedAccount: ExpectedAccount | null;
  readonly found: Found;
  readonly region: Region;
  readonly proof: Proof;
  readonly host: Host;
}
