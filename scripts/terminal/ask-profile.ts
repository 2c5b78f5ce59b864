import type { Found, Region } from '../credentials/source';
import { Failure } from '../failures/failure';
import { askField, askRegionAlone } from './ask-field';
import { askAfterNoAnswer, isNoAnswer } from './ask-retry';
import type { Asked, AskInit, ProvedIdentity } from './asking';
import { profilePicker } from './profiles-text';
import { failureText } from './report';
import { wrap } from './wrap';

/** How the AWS CLI makes a profile. */
const howToMakeOne = 'There is no profile in the AWS CLI configuration yet. The AWS CLI makes one:\n  aws configure\n  aws configure --profile myprofile';

/** Choice 2: a profile of the AWS files, proved. `null`: back to the menu. */
export async function askProfile<Proved extends ProvedIdentity>(init: AskInit<Proved>): Promise<Asked<Proved> | null> {
  for (;;) {
    const profiles = init.profiles(); // anew: somebody may have logged in meanwhile
    if (profiles.length === 0) {
      init.write(wrap(howToMakeOne, init.style.columns));
      return null;
    }
    const find = profilePicker(profiles, init.style.columns);
    const name = await init.prompts.search<string | null>({
      message: 'Which profile? (type to search)',
      choices: (term) => [...find(term), { value: null, name: 'Back' }],
    });
    if (name === null) return null;
    const proved = await tried(init, name);
    if (proved !== null) return proved;
  }
}

/** A profile that does not work is told, and another can be chosen. */
async function tried<Proved extends ProvedIdentity>(init: AskInit<Proved>, name: string): Promise<Asked<Proved> | null> {
  let needed: Asked<Proved> | null = null;
  try {
    const found = await init.prompts.busy(() => init.profileFound(name));
    const region = init.regionKnown ?? found.region ?? { value: await askRegionAlone(init), source: 'prompt' };
    needed = { kind: 'login-needed', found, region };
    return await prove(init, found, region);
  } catch (error) {
    if (!(error instanceof Failure) || error.code === 'INTERRUPTED' || isNoAnswer(error)) throw error;
    if (error.code === 'SSO_LOGIN_REQUIRED' && needed !== null) return needed;
    init.write(failureText(error, init.style));
    return null;
  }
}

async function prove<Proved extends ProvedIdentity>(init: AskInit<Proved>, found: Found, said: Region): Promise<Asked<Proved>> {
  let region = said;
  for (;;) {
    try {
      return { kind: 'found', found, region, proof: await init.prompts.busy(() => init.prove(found, region)) };
    } catch (error) {
      if (!(error instanceof Failure) || !isNoAnswer(error)) throw error;
      if ((await askAfterNoAnswer(init, error)) === 'region') region = { value: (await askField(init, 'region', { region: region.value })).region ?? region.value, source: 'prompt' };
    }
  }
}
