/** What `--explain` and the README say of a code or a check. */
export interface Explanation {
  /** Of a code what is wrong, of a check what it passes for: half a sentence, without a full stop. */
  readonly means: string;
  /** How it comes to that. Whole sentences. */
  readonly why: string;
  /** The ways out: each a sentence, or a command with a remark in brackets three spaces behind it. */
  readonly fix: readonly string[];
}
