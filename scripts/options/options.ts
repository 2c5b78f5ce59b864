/** Every command, as `npm run` names it. */
export const commandNames = ['preflight', 'deploy', 'synth', 'diff', 'destroy', 'bootstrap', 'call', 'local', 'ci:init'] as const;

/** One of them. */
export type CommandName = (typeof commandNames)[number];

/** A command line, understood. What the person left out is absent or false. */
export interface Options {
  readonly command: CommandName;
  /** Of cdk.json's environments. */
  readonly env?: string;
  readonly profile?: string;
  readonly region?: string;
  /** The account expected: twelve digits. */
  readonly account?: string;
  readonly local: boolean;
  readonly yes: boolean;
  readonly noInput: boolean;
  readonly json: boolean;
  readonly synth: boolean;
  /** Folder of a cloud assembly that was synthesized before. */
  readonly assembly?: string;
  readonly verbose: boolean;
  readonly help: boolean;
  /** Says what the profiles of the AWS files are, and does nothing else. */
  readonly listProfiles: boolean;
  /** The code or check that is to be explained; empty where none was named. */
  readonly explain?: string;
  /** Of `local`: forget the state. */
  readonly wipe: boolean;
  /** Of `call`. */
  readonly call?: { readonly method: string; readonly path: string; readonly data?: string; readonly stack?: string; readonly outputsFile?: string };
  /** The stacks named, or environments (`aws://…`) for bootstrap. */
  readonly stacks: readonly string[];
  /** CDK's options that belong to synthesis, unchanged and in order. */
  readonly synthArguments: readonly string[];
  /** CDK's options that belong to the command, unchanged and in order. */
  readonly cdkArguments: readonly string[];
}
