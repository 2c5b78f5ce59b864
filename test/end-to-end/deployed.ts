import { CloudFormationClient, DescribeStacksCommand, type Stack } from '@aws-sdk/client-cloudformation';
import { GetParametersCommand, SSMClient } from '@aws-sdk/client-ssm';
import type { Emulator } from './emulator';

/** What an emulator has, as any client of AWS sees it. */
export interface Deployed {
  readonly stacks: readonly Stack[];
  /** Values of the SSM parameters asked for, by name; those that exist. */
  readonly parameters: Readonly<Record<string, string>>;
}

/** Asks an emulator for its stacks, and for the parameters `names`. */
export async function deployed({ origin, environment }: Emulator, ...names: readonly string[]): Promise<Deployed> {
  const { AWS_ACCESS_KEY_ID: accessKeyId = '', AWS_SECRET_ACCESS_KEY: secretAccessKey = '', AWS_SESSION_TOKEN: sessionToken = '' } = environment;
  const init = { endpoint: origin, region: 'us-west-2', credentials: { accessKeyId, secretAccessKey, sessionToken } };
  const cloudFormation = new CloudFormationClient(init);
  const ssm = new SSMClient(init);
  try {
    const { Stacks = [] } = await cloudFormation.send(new DescribeStacksCommand({}));
    const { Parameters = [] } = names.length === 0 ? {} : await ssm.send(new GetParametersCommand({ Names: [...names] }));
    return { stacks: Stacks, parameters: Object.fromEntries(Parameters.map(({ Name = '', Value = '' }) => [Name, Value])) };
  } finally {
    cloudFormation.destroy();
    ssm.destroy();
  }
}

/** The value of the SSM parameter `name`; `null` where there is none. */
export async function parameterOf(emulator: Emulator, name: string): Promise<string | null> {
  const { parameters } = await deployed(emulator, name);
  return parameters[name] ?? null;
}

/** Names of the stacks, sorted; without that of the bootstrap. */
export function namesOf({ stacks }: Deployed): string[] {
  return stacks.map(({ StackName = '' }) => StackName).filter((name) => !name.startsWith('CDKToolkit')).toSorted();
}
