import { AwsError } from './aws-error';
import type { Protocol } from './service';

/** How the services of one protocol spell the refusals of a signature. */
export interface Refusals {
  /** What to look at where the signature does not match. */
  readonly advice: string;
  missing(): AwsError;
  incomplete(message: string): AwsError;
  unknownKey(): AwsError;
  badToken(): AwsError;
  mismatch(message: string): AwsError;
  expired(): AwsError;
}

const advice = 'Check your AWS Secret Access Key and signing method. Consult the service documentation for details.';
const invalidToken = 'The security token included in the request is invalid.';
const expiredToken = 'The security token included in the request is expired';

const query: Refusals = {
  advice,
  missing: () => new AwsError('MissingAuthenticationToken', 'Request is missing Authentication Token', 403),
  incomplete: (message) => new AwsError('IncompleteSignature', message),
  unknownKey: () => new AwsError('InvalidClientTokenId', invalidToken, 403),
  badToken: () => new AwsError('InvalidClientTokenId', invalidToken, 403),
  mismatch: (message) => new AwsError('SignatureDoesNotMatch', message, 403),
  expired: () => new AwsError('ExpiredToken', expiredToken, 403),
};

/** JSON services answer with 400, REST ones with 403. */
function json(status: number): Refusals {
  const unrecognized = (): AwsError => new AwsError('UnrecognizedClientException', invalidToken, status);
  return {
    advice,
    missing: () => new AwsError('MissingAuthenticationTokenException', 'Missing Authentication Token', status),
    incomplete: (message) => new AwsError('IncompleteSignatureException', message, status),
    unknownKey: unrecognized,
    badToken: unrecognized,
    mismatch: (message) => new AwsError('InvalidSignatureException', message, status),
    expired: () => new AwsError('ExpiredTokenException', expiredToken, status),
  };
}

const s3: Refusals = {
  advice: 'Check your key and signing method.',
  missing: () => new AwsError('AccessDenied', 'Access Denied', 403),
  incomplete: (message) => new AwsError('AuthorizationHeaderMalformed', message),
  unknownKey: () => new AwsError('InvalidAccessKeyId', 'The AWS Access Key Id you provided does not exist in our records.', 403),
  badToken: () => new AwsError('InvalidToken', 'The provided token is malformed or otherwise invalid.'),
  mismatch: (message) => new AwsError('SignatureDoesNotMatch', message, 403),
  expired: () => new AwsError('ExpiredToken', 'The provided token has expired.'),
};

/** @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-troubleshooting.html */
export const refusals: Readonly<Record<Protocol, Refusals>> = { 'query-xml': query, 'json-1.0': json(400), 'json-1.1': json(400), 'rest-json': json(403), 'rest-xml': s3 };
