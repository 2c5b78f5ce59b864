import { AwsError, unsupported } from './aws-error';
import type { LocalAws, Protocol } from './service';
import { isEqual, isSignatureOf, parseAuthorization, sha256, type Authorization } from './signature';
import { refusals } from './signature-refusals';
import { findSession, type Session } from './sts/sessions';

/** A request as it came. */
export interface RawRequest {
  readonly method: string;
  /** Path and query as they came. */
  readonly target: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
}

/** Five minutes for all services but S3, which grants fifteen: milliseconds. */
const tolerance = 5 * 60 * 1000;
const toleranceOfS3 = 15 * 60 * 1000;

/**
 * Tells who signed the request.
 *
 * @throws AwsError with the code and status that a service of `protocol` gives
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-troubleshooting.html
 */
export function verifySignature(local: LocalAws, request: RawRequest, authorization: Authorization, protocol: Protocol): Session {
  const refusal = refusals[protocol];
  const session = findSession(local, authorization.accessKeyId);
  if (session === null) throw refusal.unknownKey();
  if (!isEqual(request.headers['x-amz-security-token'] ?? '', session.sessionToken)) throw refusal.badToken();
  const time = signedTime(request, authorization, protocol);
  const payload = payloadOf(request, protocol);
  if (!isSignatureOf(session.secretAccessKey, authorization, { ...request, payload, time })) {
    throw refusal.mismatch(`The request signature we calculated does not match the signature you provided. ${refusal.advice}`);
  }
  verifySkew(time, protocol);
  if (Date.parse(session.expiration) <= Date.now()) throw refusal.expired();
  return session;
}

/** @throws AwsError where the header lacks a part */
export function authorizationOf(header: string, protocol: Protocol): Authorization {
  const authorization = parseAuthorization(header);
  if (authorization === null) throw refusals[protocol].incomplete("Authorization header requires 'Credential', 'Signature' and 'SignedHeaders' parameters, and 'host' among the signed headers.");
  return authorization;
}

/** The error for a request that nobody signed. */
export function notSigned(protocol: Protocol): AwsError {
  return refusals[protocol].missing();
}

function signedTime({ headers }: RawRequest, { date, signedHeaders }: Authorization, protocol: Protocol): string {
  const time = headers['x-amz-date'] ?? '';
  if (!/^\d{8}T\d{6}Z$/.test(time) || !signedHeaders.includes('x-amz-date')) {
    throw refusals[protocol].incomplete("Authorization header requires existence of either a 'X-Amz-Date' or a 'Date' header, signed.");
  }
  if (!time.startsWith(date)) throw refusals[protocol].mismatch(`Date in Credential scope does not match YYYYMMDD from ISO-8601 version of date from HTTP: '${date}' != '${time.slice(0, 8)}', from '${time}'.`);
  return time;
}

function payloadOf({ headers, body }: RawRequest, protocol: Protocol): string {
  const actual = sha256(body);
  if (protocol !== 'rest-xml') return actual;
  const claimed = headers['x-amz-content-sha256'];
  if (claimed === undefined) throw new AwsError('InvalidRequest', 'Missing required header for this request: x-amz-content-sha256');
  if (claimed === 'UNSIGNED-PAYLOAD') return claimed;
  // Its chunks are unsigned, and S3 looks at their checksum.
  if (claimed === 'STREAMING-UNSIGNED-PAYLOAD-TRAILER') return claimed;
  if (claimed.startsWith('STREAMING-')) throw unsupported(`bodies of ${claimed}`);
  if (claimed !== actual) throw new AwsError('XAmzContentSHA256Mismatch', "The provided 'x-amz-content-sha256' header does not match what was computed.");
  return actual;
}

function verifySkew(time: string, protocol: Protocol): void {
  const signed = Date.parse(time.replace(/^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/, '$1-$2-$3T$4:$5:$6Z'));
  const now = Date.now();
  if (protocol === 'rest-xml') {
    if (Math.abs(now - signed) > toleranceOfS3) throw new AwsError('RequestTimeTooSkewed', 'The difference between the request time and the current time is too large.', 403);
    return;
  }
  const refusal = refusals[protocol];
  if (!(signed >= now - tolerance - 1000)) throw refusal.mismatch(`Signature expired: ${time} is now earlier than ${stamp(now - tolerance)} (${stamp(now)} - 5 min.)`);
  if (signed > now + tolerance) throw refusal.mismatch(`Signature not yet current: ${time} is still later than ${stamp(now + tolerance)} (${stamp(now)} + 5 min.)`);
}

function stamp(time: number): string {
  return new Date(time).toISOString().replace(/[-:]|\.\d+/g, '');
}
