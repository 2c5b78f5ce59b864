import type { AssemblyStack } from '../assembly/assembly';
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

/** Reads the version at `parameter` in `region`. @throws Failure where AWS cannot be reached */
export type ReadVersion = (parameter: string, region: string) => Promise<BootstrapVersion>;

export interface BootstrapSubject {
  readonly account: string;
  readonly region: string;
  readonly readVersion: ReadVersion;
  /** The options that lead `npm run bootstrap` to this account and to `region`: `--profile dev`. */
  sameOptions(region: string): string;
}

/** That the account and region of the run have the bootstrap resources of the app's qualifier. */
export async function checkBootstrap(subject: BootstrapSubject, qualifier: Proven['configuration']['qualifier']): Promise<CheckResult> {
  return judge([{ region: subject.region, parameter: `/cdk-bootstrap/${qualifier}/version`, version: leastVersion, stack: null }], subject);
}

/** That they have the version that each stack needs, in each region that stacks go to. */
export async function checkBootstrapOfStacks(subject: BootstrapSubject, stacks: readonly AssemblyStack[]): Promise<CheckResult> {
  const needs = stacks.flatMap((stack) =>
    stack.bootstrap === null ? [] : [{ region: stack.region ?? subject.region, ...stack.bootstrap, stack: stack.id }]);
  return needs.length === 0 ? skip('bootstrap', 'no stack of this app needs a bootstrap') : judge(needs, subject);
}

interface Need {
  readonly region: string;
  readonly parameter: string;
  readonly version: number;
  readonly stack: string | null;
}

type Answer = BootstrapVersion | { readonly kind: 'failed'; readonly failure: Failure };

/** Asks once for each parameter in each region, all side by side. Where AWS does not answer, the check has failed, and no other is lost. */
async function ask(needs: readonly Need[], { readVersion }: BootstrapSubject): Promise<ReadonlyMap<Need, Answer>> {
  const places = new Map<string, Promise<Answer>>();
  return new Map(await Promise.all(needs.map(async (need): Promise<[Need, Answer]> => {
    const place = `${need.region} ${need.parameter}`;
    const asked = places.get(place) ?? readVersion(need.parameter, need.region).catch((error: unknown): Answer => {
      if (error instanceof Failure) return { kind: 'failed', failure: error };
      throw error;
    });
    places.set(place, asked);
    return [need, await asked];
  })));
}

/** The worst of what was found: a failure before a doubt. */
async function judge(needs: readonly Need[], subject: BootstrapSubject): Promise<CheckResult> {
  const results = [...await ask(needs, subject)].map(([need, answer]) => judgeOne(need, answer, subject));
  const worst = results.find(({ status }) => status === 'fail') ?? results.find(({ status }) => status === 'warn');
  return worst ?? pass('bootstrap', [...new Set(results.map(({ message }) => message))].join(', '));
}

function judgeOne(need: Need, answer: Answer, subject: BootstrapSubject): CheckResult {
  const { account } = subject;
  const { region, parameter } = need;
  if (answer.kind === 'failed') return fail('bootstrap', answer.failure.code, answer.failure.message, answer.failure.fix);
  if (answer.kind === 'unknown') return warn('bootstrap', `Cannot tell whether ${account} is bootstrapped in ${region}: ${answer.why}. CDK looks again with a role of its own.`, null);
  if (answer.kind === 'absent') return notBootstrapped(`Account ${account} is not bootstrapped for CDK in ${region}: there is no SSM parameter ${parameter}.`, region, subject);
  return answer.version < need.version
    ? notBootstrapped(`The bootstrap of ${account} in ${region} has version ${answer.version}, and ${need.stack ?? 'CDK'} needs ${need.version}.`, region, subject)
    : pass('bootstrap', `version ${answer.version} in ${region}`);
}

function notBootstrapped(message: string, region: string, subject: BootstrapSubject): CheckResult {
  const options = subject.sameOptions(region);
  return fail('bootstrap', 'NOT_BOOTSTRAPPED', message, `npm run bootstrap${options === '' ? '' : ` -- ${options}`}   (makes aws://${subject.account}/${region} ready for CDK)`);
}
