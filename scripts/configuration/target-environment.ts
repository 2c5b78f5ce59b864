/** A place to deploy to, as `context.takeoff.environments` of cdk.json names it. What it does not say is `null`. */
export interface TargetEnvironment {
  /** As `--env` takes it. */
  readonly name: string;
  /** Twelve digits: credentials of any other account stop the run. */
  readonly account: string | null;
  readonly region: string | null;
  /** Of the AWS CLI's files. */
  readonly profile: string | null;
  /** How a person agrees to a change: to a question, or by typing the environment's name. */
  readonly confirm: 'yes' | 'type-name';
}
