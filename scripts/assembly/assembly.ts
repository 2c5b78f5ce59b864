/** One stack of a cloud assembly, nested assemblies (stages) included. */
export interface AssemblyStack {
  /** As the CLI selects and shows it: `Notes`, `Prod/Notes`. */
  readonly id: string;
  /** CloudFormation's name. */
  readonly name: string;
  /** Twelve digits; `null` where the stack is environment-agnostic. */
  readonly account: string | null;
  readonly region: string | null;
  /** What the bootstrap must be, `null` where the stack needs none. */
  readonly bootstrap: { readonly parameter: string; readonly version: number } | null;
  /** With the placeholders `${AWS::AccountId}`, `${AWS::Partition}`, `${AWS::Region}` as the manifest has them. */
  readonly deployRoleArn: string | null;
  readonly lookupRoleArn: string | null;
  /** Absolute path of the template. */
  readonly templateFile: string;
  /** Whether it is in a nested assembly (a stage): neither `--all` nor a bare command selects it. */
  readonly nested?: boolean;
  /** Ids of the stacks that are deployed before it. */
  readonly dependsOn?: readonly string[];
}

/** A cloud assembly, as far as the wrapper needs it. https://docs.aws.amazon.com/cdk/v2/guide/deploy.html#deploy-how-synth-assemblies */
export interface Assembly {
  /** Absolute path. */
  readonly directory: string;
  readonly stacks: readonly AssemblyStack[];
  /** Keys of the context that lookups have yet to fill in; an assembly that has any is not deployed. */
  readonly missing: readonly string[];
  /** Commands that CDK would run beside the endpoint: asset executables and Docker builds, as a person would read them. */
  readonly assetCommands: readonly string[];
}
