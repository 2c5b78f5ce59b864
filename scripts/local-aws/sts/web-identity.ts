import { unsupported } from '../aws-error';
import { findOidcProvider, providerName } from '../iam/oidc-providers';
import type { ContextValue } from '../iam/request-context';
import { claimsOf } from '../iam/web-identity-claims';
import type { LocalAws } from '../service';
import { fetchIssuerKeys } from './issuer-keys';
import { verifyTokenSignature } from './token-signature';
import { expiredToken, invalidToken, missingClaim } from './web-identity-errors';
import { parseWebToken, textClaim, textsClaim, timeClaim, type WebToken } from './web-token';

/** Whom an issuer that the account knows vouches for. */
export interface WebIdentity {
  /** ARN. */
  readonly provider: string;
  readonly subject: string;
  /** Which of the provider's client ids the token is for. */
  readonly audience: string;
  /** The claims that STS reads, as condition keys: `token.actions.githubusercontent.com:sub`. */
  readonly context: Readonly<Record<string, ContextValue>>;
}

/** What clocks may differ by, at each end of a token's life: seconds. https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_providers_oidc.html */
const leeway = 5 * 60;

/** Tokens that were made longer ago are too old, however long they say that they live: seconds. */
const oldest = 24 * 60 * 60;

/**
 * Verifies the token as STS does: by the issuer's own keys, fetched for it.
 *
 * @param account of the role: the provider must be in it
 * @throws AwsError InvalidIdentityToken, ExpiredTokenException, IDPCommunicationError
 */
export async function verifyWebIdentity(local: LocalAws, text: string, account: string): Promise<WebIdentity> {
  const token = parseWebToken(text);
  const issuer = textClaim(token, 'iss');
  const provider = account === local.account ? findOidcProvider(local, issuer) : null;
  if (provider === null) throw invalidToken(`No OpenIDConnect provider found in your account for ${issuer}`);
  verifyTokenSignature(token, await fetchIssuerKeys(provider.url));
  verifyTimes(token, Math.floor(Date.now() / 1000));
  const audience = audienceOf(token, provider.clientIds);
  const subject = textClaim(token, 'sub');
  refuseInstructions(token);
  return { provider: provider.arn, subject, audience, context: claimContext(token, providerName(provider), audience) };
}

function verifyTimes(token: WebToken, now: number): void {
  const [expires, issued, notBefore] = ['exp', 'iat', 'nbf'].map((name) => timeClaim(token, name));
  if (expires === null || expires === undefined) throw missingClaim('exp');
  if (issued === null || issued === undefined) throw missingClaim('iat');
  if (expires + leeway <= now) throw expiredToken(`Token expired: current date/time ${now} must be before the expiration date/time ${expires}`);
  if (now - issued > oldest) throw expiredToken(`Token too old: ${now - issued}`);
  const begins = Math.max(issued, notBefore ?? issued);
  if (begins > now + leeway) throw invalidToken(`Token not yet valid: current date/time ${now} must not be before ${begins}`);
}

/** `azp`, where the token has it, says for whom it was made: `aud` may then name whoever it is shown to. */
function audienceOf(token: WebToken, clientIds: readonly string[]): string {
  const named = textsClaim(token, 'aud');
  if (named.length === 0) throw missingClaim('aud');
  const authorized = textsClaim(token, 'azp');
  const audience = (authorized.length > 0 ? authorized : named).find((each) => clientIds.includes(each));
  if (audience === undefined) throw invalidToken('Incorrect token audience');
  return audience;
}

/** Session tags, a source identity and roles come in claims of AWS's own. None of the CI systems sends them. */
function refuseInstructions({ claims }: WebToken): void {
  const claim = Object.keys(claims).find((name) => name.startsWith('https://aws.amazon.com/'));
  if (claim !== undefined) throw unsupported(`the claim ${claim} of a web identity token`);
}

function claimContext({ claims }: WebToken, name: string, audience: string): Record<string, ContextValue> {
  const context: Record<string, ContextValue> = {};
  for (const claim of claimsOf(name)) {
    const value = claim === 'aud' ? audience : conditionValue(claims[claim]);
    if (value !== null) context[`${name}:${claim}`] = value;
  }
  return context;
}

/** Null for what no condition can compare. */
function conditionValue(value: unknown): ContextValue | null {
  if (typeof value === 'string') return value;
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  return Array.isArray(value) && value.every((each) => typeof each === 'string') ? value : null;
}
