import { agreeToUnencrypted, isAgreedTo, shownUnencrypted, unencryptedEndpoints, type Unencrypted } from '../credentials/connection/unencrypted';
import type { Found } from '../credentials/source';
import { Failure } from '../failures/failure';
import { shellWord } from '../process/shell-word';
import { wrap } from '../terminal/wrap';
import type { Run } from './run';
import { sameCommand } from './same-command';

/** Asks a person: yes or no. */
type Ask = (question: { readonly message: string; readonly default: boolean }) => Promise<boolean>;

/**
 * Has a person agree to endpoints that are reached by plain HTTP over a network, once in a run, before anything is sent
 * there. `--yes` has agreed.
 *
 * @param ask within a conversation that has the terminal
 * @throws Failure DECLINED, NOT_CONFIRMED
 */
export async function agreeToPlainHttp(run: Run, found: Pick<Found, 'aws' | 'profile'>, ask: Ask = askPerson): Promise<void> {
  const endpoints = unencryptedEndpoints(found, run.surroundings.environment).filter(({ origin }) => !isAgreedTo(origin));
  if (endpoints.length === 0) return;
  if (!run.options.yes) await agreedBy(run, endpoints, ask);
  for (const { origin } of endpoints) agreeToUnencrypted(origin);
}

const askPerson: Ask = async (question) => (await import('../terminal/prompts')).confirm(question);

async function agreedBy({ screen, canAsk, options }: Run, endpoints: readonly Unencrypted[], ask: Ask): Promise<void> {
  const named = shownUnencrypted(endpoints);
  const danger = `${named} ${endpoints.length === 1 ? 'is' : 'are'} reached by plain HTTP, and by no loopback address: whoever is on the way can read session tokens, the keys that STS gives for a role, and what is deployed, and can change it.`;
  if (!canAsk) {
    throw new Failure({ code: 'NOT_CONFIRMED', message: `${danger} Nobody can be asked here, and there was no --yes, so nothing was sent.`, fix: `${waysAround(endpoints)}\n${sameCommand(options, '--yes')}   (if it may go there unencrypted; --yes agrees to all that would be asked)` });
  }
  screen.line(wrap(screen.style.caution(danger), screen.style.columns));
  if (await ask({ message: 'Send them there unencrypted?', default: false })) return;
  throw new Failure({ code: 'DECLINED', message: `Nothing was sent to ${named}.`, fix: waysAround(endpoints) });
}

/** The tunnel ends where the endpoint is, as a server that serves a network mostly listens there too. */
function waysAround([first]: readonly Unencrypted[]): string {
  const { hostname, port } = new URL(first?.origin ?? 'http://localhost');
  const there = port || '80';
  const here = Number(there) < 1024 ? '8080' : there; // only root may listen below
  return `Give it as https://, or reach it through a tunnel, as http://127.0.0.1:${here}:\nssh -N -L ${here}:127.0.0.1:${there} ${shellWord(hostname.replaceAll(/[[\]]/g, ''))}`;
}
