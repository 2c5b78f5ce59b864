import type { AssemblyStack } from '../assembly/assembly';
import { placeOf } from '../assembly/stack-place';
import type { PlacedStack, StacksSubject } from '../checks/account-of-stacks';
import { assumeBootstrapRoleWith } from '../checks/assume-bootstrap-role';
import { qualifierOf, type BootstrappedStack, type BootstrapSubject, type BootstrapPlace } from '../checks/bootstrap';
import { readVersionWith } from '../checks/read-bootstrap-version';
import { roleArn } from '../plan/role-arn';
import type { Run } from './run';
import { leadingTo, npmRun } from './same-command';
import type { Session } from './session';

/** How the checks see the bootstraps that a session reaches, its own account's and others'. */
export interface BootstrapAccess {
  /** For the check `bootstrap`. */
  readonly subject: BootstrapSubject;
  /** A stack as that check takes it: with the roles through which its bootstrap may be read. */
  readonly bootstrapped: (stack: AssemblyStack) => BootstrappedStack;
  /** For the check `account`: the stacks that name an account. */
  readonly placed: (stacks: readonly AssemblyStack[]) => StacksSubject;
}

/** What the checks need to look at the bootstraps of `session`, and the commands that make one that is missing. */
export function bootstrapAccess(run: Run, session: Session): BootstrapAccess {
  const { proof: { identity: { account, partition }, credentials }, found, region: { value: region } } = session;
  const { aws } = found;
  const assume = assumeBootstrapRoleWith(credentials, aws, region);
  const filled = (arn: string, stack: AssemblyStack): string => roleArn(arn, placeOf(stack, { partition, account, region }));
  return {
    subject: { account, region, partition, readVersion: readVersionWith({ credentials, account, aws, assume, found }), command: (place) => bootstrapCommand(run, session, place) },
    bootstrapped(stack) {
      const roles = [stack.lookupRoleArn, stack.deployRoleArn].filter((arn) => arn !== null);
      return { ...stack, roles: roles.map((arn) => filled(arn, stack)) };
    },
    placed: (stacks) => ({
      account,
      assume,
      stacks: stacks.flatMap((stack): PlacedStack[] => (stack.account === null ? [] : [{ id: stack.id, account: stack.account, region: stack.region ?? region, qualifier: qualifierOf(stack.bootstrap?.parameter ?? null), deployRole: stack.deployRoleArn === null ? null : filled(stack.deployRoleArn, stack) }])),
      trustCommand: (place) => bootstrapCommand(run, session, place, '--trust', account, '--cloudformation-execution-policies', `arn:${partition}:iam::aws:policy/AdministratorAccess`),
    }),
  };
}

/** The options of `cdk bootstrap` for another qualifier than the app's, whose resources are a stack of their own. */
export function qualifierArguments({ configuration }: Pick<Run, 'configuration'>, { qualifier }: Pick<BootstrapPlace, 'qualifier'>): string[] {
  return qualifier === null || qualifier === configuration.qualifier ? [] : ['--qualifier', qualifier, '--toolkit-stack-name', `CDKToolkit-${qualifier}`];
}

/** The command that makes `place` ready for CDK. Another account's needs credentials of that one: an environment may have them. */
function bootstrapCommand(run: Run, session: Session, { account, region, qualifier }: BootstrapPlace, ...trust: readonly string[]): string {
  const target = `aws://${account}/${region}`;
  const more = [...qualifierArguments(run, { qualifier }), ...trust];
  if (account === session.proof.identity.account) return npmRun('bootstrap', leadingTo(run.options, session), ...(region === session.region.value ? [] : [target]), ...more);
  const environment = run.configuration.environments.find((one) => one.account === account);
  return npmRun('bootstrap', environment === undefined ? '' : `--env ${environment.name}`, target, ...more);
}
