import type { Assembly } from '../assembly/assembly';
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
  /** The options that lead `npm run bootstrap` to this account and region: `--profile dev`. */
  readonly sameOptions: string;
}

/** That the account and region of the run have the bootstrap resources of the app's qualifier. */
export async function checkBootstrap(subject: BootstrapSubject, qualifier: Proven['configuration']['qualifier']): Promise<CheckResult> {
  return judge([{ region: subject.region, parameter: `/cdk-bootstrap/${qualifier}/version`, version: leastVersion, stack: null }], subject);
}

/** That they have the version that each stack of the assembly needs, in each region that stacks go to. */
export async function checkBootstrapOfStacks(subject: BootstrapSubject, assembly: Assembly): Promise<CheckResult> {
  const needs = assembly.stacks.flatMap((stack) =>
    stack.bootstrap === null ? [] : [{ region: stack.region ?? subject.region, ...stack.bootstrap, stack: stack.id }]);
  return needs.length === 0 ? skip('bootstrap', 'no stack of this app needs a bootstrap') : judge(needs, subject);
}

interface Need {
  readonly region: string;
  readonly parameter: string;
  readonly version: number;
  readonly stack: string | null;
}

async function judge(needs: readonly Need[], subject: BootstrapSubject): Promise<CheckResult> {
  const places = new Map<string, Promise<BootstrapVersion>>();
  for (const { region, parameter } of needs) {
    const place = `${region} ${parameter}`;
    if (!places.has(place)) places.set(place, subject.readVersion(parameter, region));
  }
  const found: string[] = [];
  for (const need of needs) {
    const version = await places.get(`${need.region} ${need.parameter}`);
    if (version === undefined) continue;
    if (version.kind === 'unknown') return warn('bootstrap', `Cannot tell whether ${subject.account} is bootstrapped in ${need.region}: ${version.why}.`, null);
    if (version.kind === 'absent') return notBootstrapped(`Account ${subject.account} is not bootstrapped in ${need.region}: there is no parameter ${need.parameter}.`, need, subject);
    if (version.version < need.version) {
      return notBootstrapped(`The bootstrap of ${subject.account} in ${need.region} has version ${version.version}, and ${need.stack ?? 'CDK'} needs ${need.version}.`, need, subject);
    }
    found.push(`version ${version.version} in ${need.region}`);
  }
  return pass('bootstrap', [...new Set(found)].join(', '));
}

function notBootstrapped(message: string, need: Need, subject: BootstrapSubject): CheckResult {
  const options = [subject.sameOptions, ...(need.region === subject.region ? [] : [`--region ${need.region}`])].filter(Boolean).join(' ');
  return fail('bootstrap', 'NOT_BOOTSTRAPPED', message, `npm run bootstrap${options === '' ? '' : ` -- ${options}`}   (makes aws://${subject.account}/${need.region} ready for CDK)`);
}
