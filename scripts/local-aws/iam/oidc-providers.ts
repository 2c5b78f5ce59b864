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

/**
 * AWS wants `https:`. The local one also takes an issuer of this very machine without TLS.
 *
 * @throws AwsError ValidationError, EntityAlreadyExists
 * @see https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateOpenIDConnectProvider.html
 */
export function createOidcProvider(local: LocalAws, given: string): OidcProvider {
  const url = given.replace(/\/$/, '');
  if (!/^(https:\/\/|http:\/\/127\.0\.0\.1:)[^?#@\s]+$/.test(url)) throw new AwsError('ValidationError', 'Invalid Open ID Connect Provider URL');
  const arn = `arn:aws:iam::${local.account}:oidc-provider/${url.replace(/^https?:\/\//, '')}`;
  if (oidcProviders(local).has(arn)) throw new AwsError('EntityAlreadyExists', `Provider with url ${url} already exists.`, 409);
  const provider = { arn, url, created: new Date().toISOString(), clientIds: [], thumbprints: [], tags: {} };
  oidcProviders(local).set(arn, provider);
  return provider;
}
