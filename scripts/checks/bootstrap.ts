import type { AssemblyStack } from '../assembly/assembly';
import { placeOf } from '../assembly/stack-place';
import { Failure } from '../failures/failure';
import type { CheckResult, Proven } from './check';
import { fail, pass, skip, warn } from './result';

/** The version of the bootstrap resources that the CDK's default synthesizer asks for: `MINIMUM_BOOTSTRAP_STACK_VERSION`. */
const leastVersion = 6;

/** What SSM says of one bootstrap parameter. https://docs.aws.amazon.com/cdk/v2/guide/bootstrapping-env.html */
export type BootstrapVersion =
  | { readonly kind: 'version'; readonly version: number }
  | { readonly kind: 'absent' }
  | { readonly kind: 'unknown'; readonly why: string };

/** Where bootstrap resources are. */
export interface BootstrapPlace {
  /** Twelve digits. */
  readonly account: string;
  readonly region: string;
  /** Theirs, as the name of their parameter has it; `null` for a parameter of another name. */
  readonly qualifier: string | null;
}

/** The qualifier in `/cdk-bootstrap/hnb659fds/version`. */
export function qualifierOf(parameter: string | null): string | null {
  return /^\/cdk-bootstrap\/([\w-]+)\/version$/.exec(parameter ?? '')?.[1] ?? null;
}

/** ARNs of the bootstrap's roles through which a version can be read, the one to try first first. */
export type ReaderRoles = readonly string[];

/** Reads the version at `parameter` of a place. @throws Failure where AWS cannot be reached */
export type ReadVersion = (parameter: string, place: BootstrapPlace, roles: ReaderRoles) => Promise<BootstrapVersion>;

/** Where the run goes, and how a bootstrap is looked at and made. */
export interface BootstrapSubject extends Pick<BootstrapPlace, 'account' | 'region'> {
  readonly partition: string;
  readonly readVersion: ReadVersion;
  /** The command that makes a place ready: `npm run bootstrap -- --profile dev`. */
  command(place: BootstrapPlace): string;
}

/** A stack, and the roles of its manifest, with nothing left to fill in. */
export type BootstrappedStack = Pick<AssemblyStack, 'id' | 'account' | 'region' | 'bootstrap'> & { readonly roles: ReaderRoles };

/** What the check found, and the places where `npm run bootstrap` would help. */
export interface BootstrapFinding {
  readonly result: CheckResult;
  readonly missing: readonly BootstrapPlace[];
}

/** What the roles are called that read, as the default synthesizer has it: `DefaultStackSynthesizer.DEFAULT_LOOKUP_ROLE_ARN`. */
function defaultRoles({ partition, account, region }: BootstrapSubject, qualifier: string): ReaderRoles {
  return ['lookup', 'deploy'].map((role) => `arn:${partition}:iam::${account}:role/cdk-${qualifier}-${role}-role-${account}-${region}`);
}

/** That the account and region of the run have the bootstrap resources of the app's qualifier. */
export async function checkBootstrap(subject: BootstrapSubject, qualifier: Proven['configuration']['qualifier']): Promise<CheckResult> {
  const { account, region } = subject;
  const { result } = await judge([{ place: { account, region, qualifier }, roles: defaultRoles(subject, qualifier), parameter: `/cdk-bootstrap/${qualifier}/version`, version: leastVersion, stack: null }], subject);
  return result;
}

/** That they have the version that each stack needs, in each account and region that stacks go to. */
export async function checkBootstrapOfStacks(subject: BootstrapSubject, stacks: readonly BootstrappedStack[]): Promise<BootstrapFinding> {
  const { account, region } = subject;
  const needs = stacks.flatMap(({ id, bootstrap, roles, ...stack }): Need[] =>
    bootstrap === null ? [] : [{ place: placeOf(stack, { account, region, qualifier: qualifierOf(bootstrap.parameter) }), roles, ...bootstrap, stack: id }]);
  return needs.length === 0 ? { result: skip('bootstrap', 'no stack of this app needs a bootstrap'), missing: [] } : judge(needs, subject);
}

interface Need {
  readonly place: BootstrapPlace;
  readonly roles: ReaderRoles;
  readonly parameter: string;
  readonly version: number;
  readonly stack: string | null;
}

type Answer = BootstrapVersion | { readonly kind: 'failed'; readonly failure: Failure };

/** Asks once for each parameter in each place, all side by side. Where AWS does not answer, the check has failed, and no other is lost. */
async function ask(needs: readonly Need[], { readVersion }: BootstrapSubject): Promise<ReadonlyMap<Need, Answer>> {
  const places = new Map<string, Promise<Answer>>();
  return new Map(await Promise.all(needs.map(async (need): Promise<[Need, Answer]> => {
    const place = `${need.place.account} ${need.place.region} ${need.parameter}`;
    const asked = places.get(place) ?? readVersion(need.parameter, need.place, need.roles).catch((error: unknown): Answer => {
      if (error instanceof Failure) return { kind: 'failed', failure: error };
      throw error;
    });
    places.set(place, asked);
    return [need, await asked];
  })));
}

/** The worst of what was found: a failure before a doubt. */
async function judge(needs: readonly Need[], subject: BootstrapSubject): Promise<BootstrapFinding> {
  const judged = [...await ask(needs, subject)].map(([need, answer]) => ({ need, result: judgeOne(need, answer, subject) }));
  const results = judged.map(({ result }) => result);
  const worst = results.find(({ status }) => status === 'fail') ?? results.find(({ status }) => status === 'warn');
  const missing = judged.filter(({ result }) => result.status === 'fail' && result.code === 'NOT_BOOTSTRAPPED').map(({ need }) => need.place);
  return {
    result: worst ?? pass('bootstrap', [...new Set(results.map(({ message }) => message))].join(', ')),
    missing: missing.filter((place, index) => missing.findIndex(({ account, region, qualifier }) => account === place.account && region === place.region && qualifier === place.qualifier) === index),
  };
}

function judgeOne(need: Need, answer: Answer, subject: BootstrapSubject): CheckResult {
  const { place: { account, region }, parameter } = need;
  if (answer.kind === 'failed') return fail('bootstrap', answer.failure.code, answer.failure.message, answer.failure.fix);
  if (answer.kind === 'unknown') return warn('bootstrap', `Cannot tell whether ${account} is bootstrapped in ${region}: ${answer.why}. CDK finds out when it deploys.`, null);
  if (answer.kind === 'absent') return notBootstrapped(`Account ${account} is not bootstrapped for CDK in ${region}: there is no SSM parameter ${parameter}.`, need, subject);
  return answer.version < need.version
    ? notBootstrapped(`The bootstrap of ${account} in ${region} has version ${answer.version}, and ${need.stack ?? 'CDK'} needs ${need.version}.`, need, subject)
    : pass('bootstrap', `version ${answer.version} in ${region}${account === subject.account ? '' : ` of ${account}`}`);
}

function notBootstrapped(message: string, { place }: Need, subject: BootstrapSubject): CheckResult {
  return fail('bootstrap', 'NOT_BOOTSTRAPPED', message, `${subject.command(place)}   (makes aws://${place.account}/${place.region} ready for CDK)`);
}
