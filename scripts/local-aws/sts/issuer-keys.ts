import type { JsonWebKey } from 'node:crypto';
import { jsonObjectIn, type JsonObject } from '../../configuration/json-object';
import { httpRequest } from '../../credentials/connection/http-request';
import { isTooLarge } from '../../failures/answer-too-large';
import { issuerUnreachable, noVerificationKey } from './web-identity-errors';

/** STS waits no longer for each of the two documents: milliseconds. https://repost.aws/knowledge-center/iam-sts-invalididentitytoken */
const patience = 5000;

/** Bytes of a document. */
const largest = 1024 * 1024;

/**
 * The keys that the issuer publishes now: its discovery document leads to them. Nothing is cached, so that a key
 * that is gone verifies nothing.
 *
 * @param url of the issuer, without a slash at its end
 * @throws AwsError IDPCommunicationError where the issuer does not answer; InvalidIdentityToken where it answers no keys
 * @see https://openid.net/specs/openid-connect-discovery-1_0.html#ProviderConfig
 */
export async function fetchIssuerKeys(url: string): Promise<readonly JsonWebKey[]> {
  const { issuer, jwks_uri: keysUrl } = await fetchDocument(url, `${url}/.well-known/openid-configuration`);
  if (typeof issuer !== 'string' || issuer.replace(/\/$/, '') !== url || typeof keysUrl !== 'string') throw noVerificationKey();
  const { keys } = await fetchDocument(url, keysUrl);
  if (!Array.isArray(keys)) throw noVerificationKey();
  return keys.filter((key): key is JsonWebKey => typeof key === 'object' && key !== null);
}

async function fetchDocument(issuer: string, address: string): Promise<JsonObject> {
  if (!isTrusted(issuer, address)) throw noVerificationKey();
  return jsonObjectIn(await fetchText(issuer, address));
}

async function fetchText(issuer: string, address: string): Promise<string> {
  const { status, body } = await httpRequest(new URL(address), { method: 'GET', headers: { accept: 'application/json', connection: 'close' }, body: null, agents: {}, patience, largest })
    .catch((error: unknown) => { throw isTooLarge(error) ? noVerificationKey() : issuerUnreachable(issuer); });
  if (status >= 500) throw issuerUnreachable(issuer);
  if (status !== 200) throw noVerificationKey();
  return body.toString('utf8');
}

/** By TLS; without it only from this machine, and only for an issuer that is on it. */
function isTrusted(issuer: string, address: string): boolean {
  if (!URL.canParse(address)) return false;
  const { protocol, hostname } = new URL(address);
  return protocol === 'https:' || (protocol === 'http:' && hostname === '127.0.0.1' && issuer.startsWith('http://127.0.0.1:'));
}
