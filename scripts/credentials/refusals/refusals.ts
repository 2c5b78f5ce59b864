import { answerTooLarge } from '../../failures/answer-too-large';
import { variableNames } from '../keys';
import { lookAtEndpoint } from './endpoint-advice';
import { proxyRefusals } from './proxy-refusals';
import type { Refusal } from './refusal-row';
import { accessDenied, byEnvironment, clockSkew, enableRegion, host, loginCommand, networkUnreachable, notJudged, profileOption, throttled, through, unavailable, unreachable } from './refusal-words';
import { nearestRegion } from '../region';
import { renewalOf } from '../renewal';
import { tlsRefusals } from './tls-refusals';
import { unknownKey } from './unknown-key';
import { webIdentityRefusals } from './web-identity-refusals';

/** In order: of two rows that fit in the same way the first wins. https://docs.aws.amazon.com/STS/latest/APIReference/CommonErrors.html */
export const refusals: readonly Refusal[] = [
  ...proxyRefusals,
  ...webIdentityRefusals,
  {
    code: 'CLOCK_SKEW',
    names: new Set(['SignatureDoesNotMatch', 'InvalidSignatureException']),
    only: /Signature expired|not yet current/i,
    say: clockSkew,
  },
  { code: 'CLOCK_SKEW', names: new Set(['RequestExpired', 'RequestTimeTooSkewed', 'RequestInTheFuture']), say: clockSkew },
  {
    code: 'INVALID_SECRET',
    names: new Set(['SignatureDoesNotMatch', 'InvalidSignatureException']),
    say: ({ title }) => ({
      message: `AWS knows the access key id of ${title}, but the signature does not fit: the secret access key is wrong or was cut.`,
      fix: `Give the whole secret of that key, 40 characters long for keys of AWS${title === 'environment keys' ? `: export ${variableNames.secretAccessKey}="..."` : '.'} A lost secret cannot be read again: make a new key in the console (IAM, Security credentials).`,
    }),
  },
  {
    code: 'EXPIRED_CREDENTIALS',
    names: new Set(['ExpiredToken', 'ExpiredTokenException']),
    say: (told) => ({
      message: `The session of ${told.title} has expired${told.credentials?.expiration === undefined ? '' : `, at ${told.credentials.expiration.toISOString()}`}.`,
      fix: renewalOf(told.found ?? null),
    }),
  },
  { code: 'INVALID_ACCESS_KEY', names: new Set(['InvalidClientTokenId', 'UnrecognizedClientException', 'InvalidAccessKeyId']), say: unknownKey },
  {
    code: 'MALFORMED_CREDENTIALS',
    names: new Set(['IncompleteSignature', 'IncompleteSignatureException', 'MissingAuthenticationToken', 'MissingAuthenticationTokenException', 'ERR_INVALID_CHAR']),
    say: ({ title }) => ({ message: `AWS cannot read the request that was signed with ${title}: something that is no part of a key came along.`, fix: 'Copy key id, secret and token again, each whole, without quotation marks, spaces or line breaks.' }),
  },
  {
    code: 'REGION_DISABLED',
    names: new Set(['RegionDisabledException']),
    say: (told) => ({ message: `The region ${told.region ?? 'chosen'}${byEnvironment(told)} is not enabled for this account.`, fix: enableRegion(told, 'us-west-2') }),
  },
  {
    code: 'MFA_REQUIRED',
    names: new Set(['AccessDenied', 'AccessDeniedException']),
    only: /MultiFactorAuthentication failed/i,
    say: (told) => ({
      message: `AWS refused the MFA code for ${told.title}: ${/unable to validate/i.test(told.fact.message) ? 'it does not know that device (mfa_serial) as one of this user' : 'it is wrong, was used before, or its device is not in time'}.`,
      fix: 'Wait until the device shows its next code, and run the same command again: each code works once.',
    }),
  },
  {
    code: 'MFA_REQUIRED',
    pattern: /requires multi-factor authentication/i,
    say: (told) => ({
      message: `The role of ${told.title} asks for an MFA code.`,
      fix: `Get a session with the AWS CLI, which asks for the code, and go on with it:\neval "$(aws configure export-credentials${profileOption(told)} --format env)"\nIn CI nobody has the device: let the job assume a role with its own token (OIDC).`,
    }),
  },
  {
    code: 'ACCESS_DENIED',
    pattern: /'CreateOAuth2Token'/,
    say: (told) => ({ message: `The login of ${told.title} has ended, and who logged in may not have it renewed: signin:CreateOAuth2Token is denied.`, fix: `Attach the policy SignInLocalDevelopmentAccess to that user or role, then: ${loginCommand(told, 'aws login')}` }),
  },
  {
    code: 'SSO_LOGIN_REQUIRED',
    names: new Set(['UnauthorizedException']),
    pattern: /aws login|\/login\/cache|reauthenticate|login session/i,
    say: (told) => ({ message: `The login of ${told.title} has ended, or there was none yet.`, fix: /sso|UnauthorizedException/i.test(`${told.fact.message} ${told.fact.name}`) ? loginCommand(told, 'aws sso login') : loginCommand(told, 'aws login') }),
  },
  {
    code: 'SSO_LOGIN_REQUIRED',
    pattern: /aws sso login|SSO session|SSO token|sso-session|UnauthorizedException/i,
    say: (told) => ({ message: `The IAM Identity Center session of ${told.title} has expired, or there was no login yet.`, fix: loginCommand(told, 'aws sso login') }),
  },
  {
    code: 'ACCESS_DENIED',
    names: new Set(['AccessDenied', 'AccessDeniedException', 'ForbiddenException']),
    pattern: /ForbiddenException/,
    say: accessDenied,
  },
  ...tlsRefusals,
  { code: 'NETWORK_UNREACHABLE', names: new Set(unreachable.keys()), pattern: new RegExp(`\\b(?:${[...unreachable.keys()].join('|')})\\b|\\bconnect E[A-Z]{3,}\\b|socket hang up|timed out`), say: networkUnreachable },
  {
    code: 'NO_REGION',
    pattern: /Region is missing/i,
    say: () => ({ message: 'No region is set.', fix: 'export AWS_DEFAULT_REGION="us-west-2"   (or add --region us-west-2)' }),
  },
  {
    code: 'BAD_REGION',
    pattern: /Region not accepted|Invalid Configuration: Missing Region/i,
    say: ({ region }) => ({ message: `${JSON.stringify(region ?? '')} is not the name of an AWS region.`, fix: `Did you mean ${nearestRegion(region ?? '') ?? 'us-west-2'}?` }),
  },
  {
    code: 'CREDENTIAL_PROCESS_FAILED',
    pattern: /^Command failed:|credential_process/i,
    say: (told) => ({
      message: `The credential_process of ${told.title} gave no credentials${/invalid JSON/.test(told.fact.message) ? ': what it printed is not JSON' : /Version 1/.test(told.fact.message) ? ': its output has no "Version": 1' : /expired/.test(told.fact.message) ? ': those that it gave have expired' : ''}.`,
      fix: `Run the command of that profile yourself to see why: aws configure get credential_process${profileOption(told)}`,
    }),
  },
  {
    code: 'AWS_UNAVAILABLE',
    names: new Set(['NoAccountError']),
    say: (told) => ({
      message: `${told.endpoint ?? 'What answered in place of STS'} answered, but not as STS does: there is no account in the answer${through(told)}.${notJudged(told)}`,
      fix: lookAtEndpoint(told, 'A proxy or the login page of a network probably answered. Open any page in a browser, log in there, and run the same command again.'),
    }),
  },
  {
    code: 'AWS_UNAVAILABLE',
    names: new Set([answerTooLarge]),
    say: (told) => ({ message: `${host(told)} sends more than AWS ever answers${through(told)}: it was broken off.${notJudged(told)}`, fix: lookAtEndpoint(told) }),
  },
  {
    code: 'AWS_UNAVAILABLE',
    pattern: /^Parse Error:/,
    say: (told) => ({ message: `${told.endpoint ?? 'AWS'} cannot be understood: ${host(told)} answered, but not in HTTP.${notJudged(told)}`, fix: lookAtEndpoint(told) }),
  },
  {
    code: 'AWS_UNAVAILABLE',
    names: new Set(['Throttling', 'ThrottlingException', 'TooManyRequestsException', 'RequestLimitExceeded']),
    say: throttled,
  },
  {
    code: 'AWS_UNAVAILABLE',
    names: new Set(['ServiceUnavailable', 'InternalFailure', 'InternalServerError']),
    status: (status) => status >= 500 || status === 429,
    say: unavailable,
  },
  { code: 'AWS_UNAVAILABLE', names: new Set(['SyntaxError', 'Unknown', 'UnknownError']), pattern: /Deserialization error|char '|is not expected\.|Unexpected token/i, say: unavailable },
  {
    code: 'PROFILE_NOT_FOUND',
    pattern: /Could not resolve credentials using profile|could not be found in shared credentials file|Detected a cycle/i,
    say: ({ title }) => ({ message: `${title[0]?.toUpperCase()}${title.slice(1)}, or one that it builds on, has nothing from which credentials could come.`, fix: 'npm run preflight -- --list-profiles   (shows the profiles that there are; aws configure --profile myprofile makes one)' }),
  },
  {
    code: 'NO_CREDENTIALS',
    envelopes: new Set(['CredentialsProviderError', 'TokenProviderError', 'ProviderError']),
    say: (told) => ({ message: `${told.title[0]?.toUpperCase()}${told.title.slice(1)} gave no credentials.`, fix: renewalOf(told.found ?? null) }),
  },
];
