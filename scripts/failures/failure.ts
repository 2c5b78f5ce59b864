import { inspect } from 'node:util';
import { exitCodes, type FailureCode } from './exit-codes';

/** What a {@link Failure} is made of. */
export interface FailureInit {
  readonly code: FailureCode;
  /** What happened, and why. One or more whole sentences. */
  readonly message: string;
  /** What to do next, with the exact command where there is one. */
  readonly fix: string;
  readonly cause?: unknown;
  /** Only where it differs from the code's own: 143 for an interruption by SIGTERM. */
  readonly exitCode?: number;
}

/** An outcome that a person can act on, as opposed to a bug of ours, which is any other Error. */
export class Failure extends Error {
  readonly code: FailureCode;
  readonly fix: string;
  readonly exitCode: number;

  constructor(init: FailureInit) {
    super(init.message, 'cause' in init ? { cause: init.cause } : undefined);
    this.name = 'Failure';
    this.code = init.code;
    this.fix = init.fix;
    this.exitCode = init.exitCode ?? exitCodes[init.code];
  }

  /** What a debugger or a log shows: where it was made, and nothing of the cause, which may hold a request with its credentials. */
  [inspect.custom](): string {
    const frames = (this.stack ?? '').split('\n').filter((line) => /^ +at /.test(line));
    return [`${this.name} ${this.code}`, ...frames].join('\n');
  }
}

/** A usage error: exit 2. */
export function usage(message: string, fix: string): Failure {
  return new Failure({ code: 'USAGE', message, fix });
}
