import { AwsError } from '../aws-error';
import type { LocalAws } from '../service';
import type { Table } from '../store';

/** An issuer of tokens that the account knows. */
export interface OidcProvider {
  readonly arn: string;
  /** As it was given, without a slash at its end. */
  readonly url: string;
  /** ISO 8601. */
  readonly created: string;
  /** Audiences. */
  clientIds: string[];
  thumbprints: string[];
  tags: Record<string, string>;
}

/** By ARN. */
export function oidcProviders(local: LocalAws): Table<OidcProvider> {
  return local.store.table<OidcProvider>('iam-oidc-providers');
}

/** The provider of the tokens with that `iss`; null where the account has none. */
export function findOidcProvider(local: LocalAws, issuer: string): OidcProvider | null {
  const url = issuer.replace(/\/$/, '');
  const provider = oidcProviders(local).get(providerArn(local, url));
  return provider?.url === url ? provider : null;
}

/** What the condition keys of its claims begin with: `token.actions.githubusercontent.com`, `127.0.0.1:8080`. */
export function providerName({ url }: Pick<OidcProvider, 'url'>): string {
  return url.replace(/^https?:\/\//, '');
}

/**
 * AWS wants `https:`. The local one also takes an issuer of this very machine without TLS: `http://127.0.0.1:PORT`, of
 * which ARN and condition keys have `127.0.0.1:PORT`.
 *
 * @throws AwsError ValidationError, EntityAlreadyExists
 * @see https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateOpenIDConnectProvider.html
 */
export function createOidcProvider(local: LocalAws, given: string): OidcProvider {
  const url = given.replace(/\/$/, '');
  if (!/^(https:\/\/|http:\/\/127\.0\.0\.1:)[^?#@\s]+$/.test(url)) throw new AwsError('ValidationError', 'Invalid Open ID Connect Provider URL');
  const arn = providerArn(local, url);
  if (oidcProviders(local).has(arn)) throw new AwsError('EntityAlreadyExists', `Provider with url ${url} already exists.`, 409);
  const provider = { arn, url, created: new Date().toISOString(), clientIds: [], thumbprints: [], tags: {} };
  oidcProviders(local).set(arn, provider);
  return provider;
}

function providerArn(local: LocalAws, url: string): string {
  return `arn:aws:iam::${local.account}:oidc-provider/${providerName({ url })}`;
}
