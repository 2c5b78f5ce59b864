import { resolveAwsVariables } from '../credentials/connection/aws-settings';
import type { Looked } from '../credentials/find';
import { fromLocal } from '../credentials/from-local';
import { listProfiles } from '../credentials/profiles/list-profiles';
import { resolveRegion } from '../credentials/region';
import { resolveProfile } from '../credentials/profiles/resolve-profile';
import type { Found, Region, Surroundings } from '../credentials/source';
import { Failure } from '../failures/failure';
import { gitState } from '../git/git';
import { proveIdentity } from '../identity/prove';
import type { Prompts } from '../terminal/prompts';
import { wrap } from '../terminal/wrap';
import { agreeToPlainHttp } from './agree-unencrypted';
import type { Session } from './session';
import { withLogin } from './log-in';
import type { Run } from './run';

/**
 * Asks the person for credentials, with the guide's words, and proves what was given.
 *
 * @throws Failure NO_CREDENTIALS where the person chose to fill in `.env` first; INTERRUPTED
 */
export async function askPerson(run: Run, looked: readonly Looked[]): Promise<Session> {
  const { surroundings, screen } = run;
  const [{ withPrompts }, { askForCredentials }] = await Promise.all([import('../terminal/prompts'), import('../terminal/ask-credentials')]);
  const asked = await withPrompts((prompts) => askForCredentials({
    prompts,
    style: screen.style,
    write: (text) => screen.line(text),
    surroundings,
    looked,
    regionKnown: resolveRegion(surroundings, null),
    aws: resolveAwsVariables(surroundings.environment, null),
    profiles: () => listProfiles(surroundings),
    profileFound: (name) => profileFound(run, name, prompts),
    async prove(found, region) {
      await agreeToPlainHttp(run, found, (question) => prompts.confirm(question));
      return proveIdentity(found, region);
    },
    git: () => gitState(surroundings.projectDirectory, surroundings.environment),
  }));
  if (asked.kind === 'local') return localSession(run);
  if (asked.kind === 'found') return sessionOf(asked);
  if (asked.kind === 'login-needed') {
    const { region } = asked;
    return withLogin(run, asked.found, async (found) => sessionOf({ found, region, proof: await proveIdentity(found, region) }));
  }
  throw new Failure({ code: 'NO_CREDENTIALS', message: `The names are in ${asked.path}, and wait for their values.`, fix: asked.next });
}

function sessionOf({ found, region, proof }: Pick<Session, 'found' | 'region' | 'proof'>): Session {
  const typed = found.source === 'prompt';
  return { found, region, proof, typed, ...(typed || found.profile === null ? {} : { chosenProfile: found.profile }) };
}

/** Asks for the region, where credentials were found and none is known. */
export async function askRegion({ screen }: Run, { title }: Found): Promise<Region> {
  const [{ withPrompts }, { askRegionAlone }] = await Promise.all([import('../terminal/prompts'), import('../terminal/ask-field')]);
  const write = (text: string): void => screen.line(text);
  write(wrap(`No region came with ${title}, and AWS_REGION and AWS_DEFAULT_REGION are not set.`, screen.style.columns));
  return { value: await withPrompts((prompts) => askRegionAlone({ prompts, style: screen.style, write, regionKnown: null })), source: 'prompt' };
}

/** The profile that the person picked from the list. The conversation has the terminal, so that a code is asked for within it. */
async function profileFound({ surroundings: outside, screen }: Run, name: string, prompts: Prompts): Promise<Found> {
  const { askMfaCode } = await import('../terminal/ask-mfa-code');
  const write = (text: string): void => screen.line(text);
  const surroundings: Surroundings = { ...outside, askMfaCode: async (serial, wasRefused, use) => use(await askMfaCode({ prompts, style: screen.style, write }, serial, wasRefused)) };
  return resolveProfile(name, surroundings, { source: 'profile', title: `profile ${name}`, namedBy: 'the list' }).found;
}

/** As if `--local` had been given. */
async function localSession(run: Run): Promise<Session> {
  const surroundings = { ...run.surroundings, target: undefined, options: { ...run.surroundings.options, local: true } };
  const outcome = await fromLocal(run.openLocal).find(surroundings);
  if (outcome.kind === 'absent') throw new Error('the local AWS was not opened');
  const { found } = outcome;
  const region = resolveRegion(surroundings, found);
  if (region === null) throw new Error('the local AWS has no region');
  return { found, region, proof: await proveIdentity(found, region), typed: false };
}
