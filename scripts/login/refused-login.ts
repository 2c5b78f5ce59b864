import { errorFacts } from '../credentials/refusals/error-facts';
import { Failure } from '../failures/failure';
import { shellWord } from '../process/shell-word';
import type { SsoSettings } from './login-needed';

function withoutLogin({ startUrl, profile }: SsoSettings, why: string, cause?: unknown): Failure {
  return new Failure({
    code: 'SSO_LOGIN_REQUIRED',
    message: `There is no login to ${startUrl}: ${why}.`,
    fix: `Run the same command again, or log in with the AWS CLI: aws sso login --profile ${shellWord(profile)}`,
    cause,
  });
}

export function notInTime(settings: SsoSettings): Failure {
  return withoutLogin(settings, 'it was not finished in time');
}

/** @param error one word of OAuth, as it came back with the browser */
export function refusedAs(error: string, settings: SsoSettings): Failure {
  return withoutLogin(settings, error === 'access_denied' ? 'it was declined in the browser' : `it was refused (${error})`);
}

const where = ({ session, profile }: SsoSettings): string => (session === null ? `profile ${profile}` : `[sso-session ${session}]`);

/** What IAM Identity Center answers, where the table of refusals would think of STS. https://docs.aws.amazon.com/singlesignon/latest/OIDCAPIReference/API_CreateToken.html */
const words: ReadonlyMap<string, (settings: SsoSettings) => string> = new Map([
  ['AccessDeniedException', () => 'it was declined in the browser'],
  ['ExpiredTokenException', () => 'it was not finished in time'],
  ['InvalidGrantException', () => 'the code that the browser brought was not accepted: it works once, and not for long'],
  ['InvalidRequestException', (settings: SsoSettings) => `IAM Identity Center does not take the request: check sso_start_url and sso_region of ${where(settings)}`],
  ['InvalidRequestRegionException', (settings: SsoSettings) => `sso_region of ${where(settings)} is not the region of that IAM Identity Center`],
  ['InvalidScopeException', (settings: SsoSettings) => `it has none of the sso_registration_scopes of ${where(settings)}`],
  ...['InvalidClientException', 'InvalidClientMetadataException', 'InvalidRedirectUriException', 'UnauthorizedClientException', 'UnsupportedGrantTypeException']
    .map((name): [string, () => string] => [name, () => `IAM Identity Center does not take this program as a client (${name})`]),
]);

/** The Failure for an answer of IAM Identity Center; `null` for what is none, such as a network that is down. */
export function refusedLogin(error: unknown, settings: SsoSettings): Failure | null {
  if (error instanceof Failure) return error;
  for (const { name } of errorFacts(error)) {
    const say = words.get(name);
    if (say !== undefined) return withoutLogin(settings, say(settings), error);
  }
  return null;
}
