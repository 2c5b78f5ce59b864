import type { AssumeBootstrapRole } from './assume-bootstrap-role';
import type { BootstrapPlace } from './bootstrap';
import type { CheckResult } from './check';
import { fail, pass } from './result';
import { wrongAccount } from './wrong-account';

/** A stack whose own `env` names an account. */
export interface PlacedStack extends BootstrapPlace {
  readonly id: string;
  /** ARN of the role that deploys it; `null` where it is deployed with the credentials of the run. */
  readonly deployRole: string | null;
}

/** Whose credentials deploy which stacks, and how it is tried. */
export interface StacksSubject {
  /** Of the credentials. */
  readonly account: string;
  readonly stacks: readonly PlacedStack[];
  readonly assume: AssumeBootstrapRole;
  /** The command that has the bootstrap of a stack's account trust the credentials' account. */
  readonly trustCommand: (stack: PlacedStack) => string;
}

/** What the check found, and the ids of the stacks that cannot be deployed from here. */
export interface StacksFinding {
  readonly result: CheckResult;
  readonly refused: ReadonlySet<string>;
}

interface Refused {
  readonly stack: PlacedStack;
  /** AWS's name for it; `null` where there is no role that could be assumed. */
  readonly why: string | null;
}

/** `null` for a stack that can be deployed from here. */
async function refusalOf(stack: PlacedStack, { account, assume }: StacksSubject): Promise<Refused | null> {
  if (stack.account === account) return null;
  if (stack.deployRole === null) return { stack, why: null };
  const assumption = await assume(stack.deployRole);
  return assumption.kind === 'assumed' ? null : { stack, why: assumption.why };
}

/**
 * That the stacks which name an account name the one that the credentials are of, or one whose deploy role they may assume: it is tried.
 * https://docs.aws.amazon.com/cdk/v2/guide/bootstrapping-env.html
 *
 * @throws Failure where STS cannot be reached
 */
export async function accountOfStacks(subject: StacksSubject): Promise<StacksFinding> {
  const { account, stacks } = subject;
  const refused = (await Promise.all(stacks.map((stack) => refusalOf(stack, subject)))).filter((one) => one !== null);
  const [first] = refused;
  if (first !== undefined) return { result: failure(first, refused.length - 1, subject), refused: new Set(refused.map(({ stack }) => stack.id)) };
  const others = [...new Set(stacks.map((stack) => stack.account))].filter((other) => other !== account);
  return { result: pass('account', others.length === 0 ? `${account}, and no stack is for another` : `${account}, which may deploy to ${others.join(', ')} too`), refused: new Set() };
}

function failure({ stack, why }: Refused, more: number, { account, trustCommand }: StacksSubject): CheckResult {
  const others = more === 0 ? '' : ` (and ${more} more like it)`;
  const message = `The stack ${stack.id} is for account ${stack.account}${others}, and the credentials are of ${account}`;
  if (why === null) return wrongAccount(`${message}. Its synthesizer names no role for it to be deployed with.`, stack.account);
  return fail('account', 'WRONG_ACCOUNT', `${message}, which may not assume ${stack.deployRole} (${why}).`, [
    `Let the bootstrap of ${stack.account} trust ${account}, with credentials of ${stack.account} (--trust replaces the list: repeat whom it trusts already):`,
    trustCommand(stack),
    `If it does already, these credentials lack sts:AssumeRole on that role. Or deploy the stack with credentials of ${stack.account}.`,
  ].join('\n'));
}
