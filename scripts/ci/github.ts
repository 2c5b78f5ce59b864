import { readFileSync } from 'node:fs';
import { jsonObjectIn } from '../configuration/json-object';
import { isTooLarge } from '../failures/answer-too-large';
import { Failure } from '../failures/failure';
import { variableIn, type Environment } from '../process/environment';
import { registerSecret } from '../secrets/registry';
import { awsAudience, type CiSystem, type Means } from './ci-system';
import { indented } from './indented';
import { retrying } from './retry';

const lines = 'permissions:\n  id-token: write\n  contents: read';

/** Whether the job runs for a pull request from a fork, by the event that GitHub wrote down. */
function isFromFork(environment: Environment): boolean {
  if (environment['GITHUB_EVENT_NAME'] !== 'pull_request') return false;
  try {
    const event = JSON.parse(readFileSync(environment['GITHUB_EVENT_PATH'] ?? '', 'utf8')) as { readonly pull_request?: { readonly head?: { readonly repo?: { readonly full_name?: unknown } | null } } } | null;
    // Of a fork that was deleted since, nothing is left.
    return event?.pull_request?.head !== undefined && event.pull_request.head.repo?.full_name !== environment['GITHUB_REPOSITORY'];
  } catch {
    return false;
  }
}

function unavailable(message: string, fix: string, cause?: unknown): Failure {
  return new Failure({ code: 'OIDC_TOKEN_UNAVAILABLE', message, fix, cause });
}

function noPermission(environment: Environment): Failure {
  if (isFromFork(environment)) {
    return unavailable(
      'GitHub gives no token to jobs of pull requests from forks, so this one cannot assume a role.',
      'Let pull requests from forks do what needs no credentials (npm run synth), and the others alone go on:\n  if: github.event.pull_request.head.repo.full_name == github.repository',
    );
  }
  return unavailable(
    'This job of GitHub Actions may not ask for an OIDC token: ACTIONS_ID_TOKEN_REQUEST_URL is not set.',
    `Add to the job (and to the job that calls it, where it is in a reusable workflow):\n${indented(lines)}`,
  );
}

/** An answer that a moment later can be another. */
class Busy extends Error {
  constructor(readonly status: number) {
    super('busy');
  }
}

function requestUrl(text: string): URL {
  const url = URL.canParse(text) ? new URL(text) : null;
  if (url === null || (url.protocol !== 'https:' && !(url.protocol === 'http:' && url.hostname === '127.0.0.1'))) {
    throw unavailable('ACTIONS_ID_TOKEN_REQUEST_URL is no https:// URL.', 'GitHub sets it: no step of the job may set it anew.');
  }
  url.searchParams.set('audience', awsAudience);
  return url;
}

function tokenIn(body: Buffer): string | null {
  const { value } = jsonObjectIn(body.toString('utf8'));
  return typeof value === 'string' && value !== '' ? value : null;
}

async function ask({ get }: Means, url: URL, bearer: string): Promise<string> {
  const { status, body } = await get(url, { authorization: `Bearer ${bearer}`, accept: 'application/json' });
  if (status >= 500 || status === 429) throw new Busy(status);
  const token = status === 200 ? tokenIn(body) : null;
  if (token === null) throw unavailable(`GitHub's token service refused this job a token (HTTP ${status}).`, `Look whether the job has these lines, and run it again:\n${indented(lines)}`);
  return token;
}

function mayHeal(error: unknown): boolean {
  return !(error instanceof Failure || isTooLarge(error));
}

function lastWord(error: unknown, { host }: URL): Failure {
  if (error instanceof Failure) return error;
  if (isTooLarge(error)) return unavailable(`GitHub's token service, ${host}, sends more than any token has: it was broken off.`, 'GitHub sets ACTIONS_ID_TOKEN_REQUEST_URL: no step of the job may set it anew.', error);
  const fix = 'Run the job again in a minute. https://www.githubstatus.com shows whether GitHub has a fault.';
  if (error instanceof Busy) return unavailable(`GitHub's token service did not answer (HTTP ${error.status}), after three attempts.`, fix, error);
  return new Failure({ code: 'NETWORK_UNREACHABLE', message: `GitHub's token service cannot be reached: ${host}, after three attempts. No credentials were judged.`, fix, cause: error });
}

/** A new token for each call: it ends after five minutes. https://docs.github.com/en/actions/reference/security/oidc */
async function getToken(means: Means): Promise<string> {
  const { environment, wait } = means;
  const [address, bearer] = [variableIn(environment, 'ACTIONS_ID_TOKEN_REQUEST_URL'), variableIn(environment, 'ACTIONS_ID_TOKEN_REQUEST_TOKEN')];
  if (address === null || bearer === null) throw noPermission(environment);
  registerSecret(bearer);
  const url = requestUrl(address);
  try {
    const token = await retrying(() => ask(means, url, bearer), { attempts: 3, base: 1000, heals: mayHeal, wait });
    registerSecret(token);
    return token;
  } catch (error) {
    throw lastWord(error, url);
  }
}

export const github: CiSystem = {
  name: 'github',
  title: 'GitHub Actions',
  docs: 'https://docs.github.com/en/actions/how-tos/secure-your-work/security-harden-deployments/oidc-in-aws',
  isHere: (environment) => environment['GITHUB_ACTIONS'] === 'true',
  getToken,
  lines,
  run: 'GITHUB_RUN_ID',
  commit: 'GITHUB_SHA',
};
