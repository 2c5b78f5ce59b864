import { identity, page, refusal, session, type Answer } from '../../identity/fake-sts';
import { json } from '../../credentials/json-server';
import { keyLines, longTerm, temporary, token, type Row } from './row';

const roleArn = 'arn:aws:iam::123456789012:role/deployer';
const invalid = refusal('InvalidClientTokenId', 'The security token included in the request is invalid.');
/** Who may do nothing else. */
const user: Answer = (request, response) => { (request.action === 'GetCallerIdentity' ? identity() : refusal('AccessDenied', 'no'))(request, response); };

/** Keys of the environment that STS answers so. */
function keys(answer: Answer, environment: Readonly<Record<string, string>> = longTerm): Row['arrange'] {
  return async (world) => ({ environment: { ...environment, AWS_ENDPOINT_URL: (await world.sts(answer)).origin } });
}

/** The same at AWS's own host names: through a proxy, to a server with a certificate for them. */
function atAws(answer: Answer, environment: Readonly<Record<string, string>> = longTerm): Row['arrange'] {
  return async (world) => {
    const sts = await world.sts(answer, world.certificates.good);
    return { environment: { ...environment, AWS_CA_BUNDLE: world.certificates.good.path, HTTPS_PROXY: (await world.proxy(() => sts)).url } };
  };
}

/** Credentials that STS accepts, with an SSM that answers so. */
function ssm(status: number, body: object): Row['arrange'] {
  return async (world) => ({ environment: { ...temporary, AWS_ENDPOINT_URL: (await world.sts(user)).origin, AWS_ENDPOINT_URL_SSM: await world.server((_seen, response) => { json(response, status, body); }) } });
}

/** A profile with a role that STS answers so. */
function role(answer: Answer): Row['arrange'] {
  return async (world) => {
    world.file('.aws/config', `[profile dev]\nrole_arn = ${roleArn}\nsource_profile = base\n[profile base]\n${keyLines}`);
    return { args: ['--profile', 'dev'], environment: { AWS_ENDPOINT_URL: (await world.sts(answer)).origin } };
  };
}

const jwt = ['{"alg":"RS256"}', '{"iss":"https://issuer.example","aud":"sts.amazonaws.com","sub":"repo:o/r:ref:refs/heads/main"}', 'signature'].map((part) => Buffer.from(part).toString('base64url')).join('.');

/** A web identity that STS answers so. */
function webIdentity(answer: Answer, text: string | null = jwt): Row['arrange'] {
  return async (world) => ({ environment: { AWS_ROLE_ARN: roleArn, AWS_WEB_IDENTITY_TOKEN_FILE: text === null ? `${world.home}/token` : world.file('token', text), AWS_ENDPOINT_URL: (await world.sts(answer)).origin } });
}

/** As AWS judges a request by its own clock, which is `aheadMs` ahead of this machine's. */
function byClock(aheadMs: number, corrects: boolean): Answer {
  return (request, response) => {
    const now = Date.now() + aheadMs;
    response.setHeader('date', new Date(now).toUTCString());
    const isOff = Math.abs(now - request.signedAt) > 300_000;
    const answer = isOff || !corrects ? refusal('SignatureDoesNotMatch', aheadMs > 0 ? 'Signature expired: 20260101T000000Z is now earlier than 20260101T000500Z' : 'Signature not yet current: 20260101T001000Z is still later than 20260101T000500Z') : user;
    answer(request, response);
  };
}

/** What AWS says, or what stands in its place. */
export const rowsOfAws: readonly Row[] = [
  { when: 'the signature is not complete', code: 'MALFORMED_CREDENTIALS', exit: 4, says: /AWS cannot read the request that was signed with environment keys/, arrange: keys(refusal('IncompleteSignature', 'Credential must have exactly 5 elements', 400)) },
  { when: 'the session has expired', code: 'EXPIRED_CREDENTIALS', exit: 4, says: /The session of environment keys has expired/, arrange: keys(refusal('ExpiredToken', 'The security token included in the request is expired'), temporary) },
  { when: 'it has expired by the time that SSM is asked', code: 'EXPIRED_CREDENTIALS', exit: 4, says: /The session of environment keys has expired/, arrange: ssm(400, { __type: 'ExpiredTokenException', message: 'expired' }) },
  { when: 'a long-term key was deleted', code: 'INVALID_ACCESS_KEY', exit: 4, says: /AKIA…ZAM2.* Most likely it was deleted or switched off; else .* STS in us-east-1 does not know it either/, arrange: atAws(invalid) },
  { when: 'SSM does not know the key', code: 'INVALID_ACCESS_KEY', exit: 4, says: /ASIA…ZAM2|does not know the access key/, arrange: ssm(400, { __type: 'UnrecognizedClientException', message: 'The security token included in the request is invalid.' }) },
  { when: 'a stale token stands beside a long-term key', code: 'INVALID_ACCESS_KEY', exit: 4, says: /it is a long-term key, and beside it stands the session token of another one/, arrange: atAws(invalid, { ...longTerm, AWS_SESSION_TOKEN: token }) },
  { when: 'the session\'s token is of another key', code: 'INVALID_ACCESS_KEY', exit: 4, says: /ASIA…ZAM2.* Most likely its session token is of another key or was cut/, arrange: atAws(invalid, temporary) },
  { when: 'the key is of another partition', code: 'INVALID_ACCESS_KEY', exit: 4, says: /Most likely it is of another partition/, arrange: atAws(invalid, { ...longTerm, AWS_REGION: 'cn-north-1' }) },
  { when: 'the region is not enabled', code: 'REGION_DISABLED', exit: 5, says: /AWS knows the access key AKIA…ZAM2 \(environment keys\) in us-east-1, and not in eu-south-1/, arrange: atAws((request, response) => { (request.host.includes('us-east-1') ? user : invalid)(request, response); }, { ...longTerm, AWS_REGION: 'eu-south-1' }) },
  { when: 'STS is switched off in the region', code: 'REGION_DISABLED', exit: 5, says: /The region us-west-2 is not enabled for this account/, arrange: keys(refusal('RegionDisabledException', 'STS is not activated in this region')) },
  { when: 'the token was cut', code: 'INVALID_SESSION_TOKEN', exit: 4, says: /session token .* is not whole/, arrange: atAws(invalid, { ...temporary, AWS_SESSION_TOKEN: token.slice(0, -3) }) },
  { when: 'the secret is wrong', code: 'INVALID_SECRET', exit: 4, says: /the signature does not fit: the secret access key is wrong or was cut/, arrange: keys(refusal('SignatureDoesNotMatch', 'The request signature we calculated does not match the signature you provided.')) },
  { when: 'SSM says that the secret is wrong', code: 'INVALID_SECRET', exit: 4, says: /the signature does not fit: the secret access key is wrong or was cut/, arrange: ssm(400, { __type: 'InvalidSignatureException', message: 'The request signature we calculated does not match the signature you provided.' }) },
  { when: 'what answers calls an unknown key as S3 does', code: 'INVALID_ACCESS_KEY', exit: 4, says: /does not know the access key AKIA…ZAM2/, arrange: keys(refusal('InvalidAccessKeyId', 'The AWS Access Key Id you provided does not exist in our records.')) },
  { when: 'the request has expired', code: 'CLOCK_SKEW', exit: 4, says: /The clock of this machine differs by minutes from AWS's/, arrange: keys(refusal('RequestExpired', 'Request has expired.', 400)) },
  { when: 'the time of the request is too far off', code: 'CLOCK_SKEW', exit: 4, says: /The clock of this machine/, arrange: keys(refusal('RequestTimeTooSkewed', 'The difference between the request time and the current time is too large.')) },
  { when: 'the bootstrap is too old', code: 'NOT_BOOTSTRAPPED', exit: 5, says: /version 5/, arrange: ssm(200, { Parameter: { Value: '5' } }) },
  { when: 'the clock is ten minutes behind, and is corrected', code: null, exit: 0, says: /is 10 minutes behind AWS's.*corrected for this run/, arrange: clock(byClock(600_000, true)) },
  { when: 'the clock is ten minutes ahead, and is corrected', code: null, exit: 0, says: /is 10 minutes ahead of AWS's.*corrected for this run/, arrange: clock(byClock(-600_000, true)) },
  { when: 'the clock is ten minutes behind, and AWS refuses all the same', code: 'CLOCK_SKEW', exit: 4, says: /is 10 minutes behind AWS's/, arrange: keys(byClock(600_000, false)) },
  { when: 'the clock is ten minutes ahead, and AWS refuses all the same', code: 'CLOCK_SKEW', exit: 4, says: /is 10 minutes ahead of AWS's/, arrange: keys(byClock(-600_000, false)) },
  { when: 'the role may not be assumed', code: 'ACCESS_DENIED', exit: 4, says: /AWS refused sts:AssumeRole on arn:aws:iam::123456789012:role\/deployer to profile dev/, arrange: role(refusal('AccessDenied', `User: arn:aws:iam::123456789012:user/dev is not authorized to perform: sts:AssumeRole on resource: ${roleArn}`)) },
  { when: 'the keys that the role builds on are unknown', code: 'INVALID_ACCESS_KEY', exit: 4, says: /does not know the access key of profile dev/, arrange: role(invalid) },
  { when: 'a policy of the endpoint denies', code: 'ACCESS_DENIED', exit: 4, says: /AWS refused sts:GetCallerIdentity to environment keys/, arrange: keys(refusal('AccessDenied', 'User: arn:aws:iam::123456789012:user/dev is not authorized to perform: sts:GetCallerIdentity with an explicit deny in a VPC endpoint policy')) },
  { when: 'the role does not trust the web identity', code: 'OIDC_TRUST_REFUSED', exit: 4, says: /does not let this web identity assume/, arrange: webIdentity(refusal('AccessDenied', 'Not authorized to perform sts:AssumeRoleWithWebIdentity')) },
  { when: 'the token\'s issuer is unknown', code: 'OIDC_TRUST_REFUSED', exit: 4, says: /has no identity provider for https:\/\/issuer\.example/, arrange: webIdentity(refusal('InvalidIdentityToken', 'No OpenIDConnect provider found in your account', 400)) },
  { when: 'the identity provider rejects the claim', code: 'OIDC_TRUST_REFUSED', exit: 4, says: /rejected the token of web identity/, arrange: webIdentity(refusal('IDPRejectedClaim', 'rejected')) },
  { when: 'AWS cannot reach the identity provider', code: 'AWS_UNAVAILABLE', exit: 6, says: /could not reach the identity provider of web identity/, arrange: webIdentity(refusal('IDPCommunicationError', 'could not', 400)) },
  { when: 'the web identity token has expired', code: 'EXPIRED_CREDENTIALS', exit: 4, says: /The token of web identity has expired/, arrange: webIdentity(refusal('ExpiredTokenException', 'Token expired: current date/time 2 must be before the expiration date/time 1', 400)) },
  { when: 'the token file is not there', code: 'OIDC_TOKEN_UNAVAILABLE', exit: 3, says: /The token file .*token, which AWS_WEB_IDENTITY_TOKEN_FILE names, is not there/, arrange: webIdentity(session({ accessKeyId: 'A', secretAccessKey: 'b', sessionToken: 'c' }, new Date()), null) },
  { when: 'AWS is down', code: 'AWS_UNAVAILABLE', exit: 6, says: /did not answer as AWS does \(HTTP 503\), after three attempts/, arrange: keys(page(503)) },
  { when: 'AWS throttles', code: 'AWS_UNAVAILABLE', exit: 6, says: /is asked too often \(Throttling\), and refused three attempts/, arrange: keys(refusal('Throttling', 'Rate exceeded', 400)) },
  { when: 'a proxy\'s page comes with status 200', code: 'AWS_UNAVAILABLE', exit: 6, says: /The credentials were not judged/, arrange: keys(page(200)) },
  { when: 'the account is not bootstrapped', code: 'NOT_BOOTSTRAPPED', exit: 5, says: /\/cdk-bootstrap\/hnb659fds\/version/, arrange: ssm(400, { __type: 'ParameterNotFound', message: 'no' }) },
  { when: 'its bootstrap version cannot be read', code: null, exit: 0, says: /may not read the SSM parameter/, arrange: ssm(400, { __type: 'AccessDeniedException', message: 'no' }) },
];

/** With an SSM that is content, so that nothing else fails. */
function clock(answer: Answer): Row['arrange'] {
  return async (world) => ({ environment: { ...temporary, AWS_ENDPOINT_URL: (await world.sts(answer)).origin, AWS_ENDPOINT_URL_SSM: await world.server((_seen, response) => { json(response, 200, { Parameter: { Value: '30' } }); }) } });
}
