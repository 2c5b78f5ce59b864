/** What is printed in place of a run. */
export interface Told {
  readonly output: string;
  /** For standard error: what does not belong into a pipe. */
  readonly warnings: string;
}
