import type { FailureCode } from '../../failures/exit-codes';
import type { ErrorFacts } from './error-facts';
import type { Proxy } from '../connection/proxy';
import type { RefusalContext } from './refusal-context';

/** What a sentence about a failure can speak of. */
export interface Told extends RefusalContext {
  readonly region: string | null;
  /** Of the AWS that is meant, `null` for AWS's own. */
  readonly endpoint: string | null;
  /** Through which it is reached. */
  readonly proxy: Proxy | null;
  /** How reports call the source. */
  readonly title: string;
  /** The link of the error's chain that was recognized. */
  readonly fact: ErrorFacts;
}

/** What happened and why, and what to do next. */
export interface Said {
  readonly message: string;
  readonly fix: string;
  /** Where it turned out to be something else than the row's. */
  readonly code?: FailureCode;
}

/** A row of the one table that says what failures of the SDK and of Node mean. */
export interface Refusal {
  readonly code: FailureCode;
  /** Of the error, or AWS's or Node's codes. */
  readonly names?: ReadonlySet<string>;
  /** The message, where name and code do not say it. */
  readonly pattern?: RegExp;
  /** What the message must say besides. */
  readonly only?: RegExp;
  readonly status?: (status: number) => boolean;
  /** Names that say only that something went wrong inside: they count where nothing else fits. */
  readonly envelopes?: ReadonlySet<string>;
  readonly say: (told: Told) => Said;
}
