import { usage, type Failure } from '../failures/failure';

/** The output of a stack by which its API is found. */
const apiUrlOutput = 'ApiUrl';

/** A deployed stack, as CloudFormation's DescribeStacks shows it. */
export interface DeployedStack {
  readonly name: string;
  readonly outputs: Readonly<Record<string, string>>;
}

/** The URL of the API that `stack` serves; `undefined` where it serves none. */
export function apiUrlOf({ outputs }: DeployedStack): string | undefined {
  return outputs[apiUrlOutput];
}

/** What a person can copy where it is not clear which API is meant. */
export interface WaysOn {
  /** The same call, of the API of one stack. */
  readonly callOf: (stack: string) => string;
  readonly deploy: string;
}

/**
 * The URL of the API to call: of the stack named, else of the only stack that has one. Where several in the account
 * have one, those of this app come first.
 *
 * @param wanted the name of a stack, where the person gave one
 * @param ofThisApp names of the stacks of the last synthesized assembly
 * @throws Failure USAGE where no stack, or more than one, has an `ApiUrl` output
 */
export function findApi(stacks: readonly DeployedStack[], wanted: string | undefined, ofThisApp: readonly string[], ways: WaysOn): string {
  const withApi = stacks.flatMap((stack) => {
    const url = apiUrlOf(stack);
    return url === undefined ? [] : [{ stack: stack.name, url }];
  });
  const own = withApi.filter(({ stack }) => ofThisApp.includes(stack));
  const named = withApi.filter(({ stack }) => stack === wanted);
  const candidates = wanted === undefined ? (own.length > 0 ? own : withApi) : named;
  const [only, ...others] = candidates;
  if (only !== undefined && others.length === 0) return only.url;
  if (only !== undefined) {
    throw usage(`More than one stack has an ${apiUrlOutput} output: ${candidates.map(({ stack }) => stack).join(', ')}.`, ['Say which:', ...candidates.map(({ stack }) => ways.callOf(stack))].join('\n'));
  }
  throw nothingToCall(wanted, stacks, ways);
}

function nothingToCall(wanted: string | undefined, stacks: readonly DeployedStack[], { deploy }: WaysOn): Failure {
  if (wanted !== undefined && stacks.every(({ name }) => name !== wanted)) {
    return usage(`There is no stack ${wanted} in this account and region.`, `Deploy it: ${deploy}`);
  }
  return usage(
    wanted === undefined ? `No deployed stack in this account and region has an ${apiUrlOutput} output.` : `The stack ${wanted} has no ${apiUrlOutput} output.`,
    `Deploy the app first: ${deploy}`,
  );
}
