import { indented } from '../../ci/indented';
import { claimLines, compareClaims } from '../web-identity/claims-beside-trust';
import type { Refusal, Said, Told } from './refusal-row';
import { audienceLines, refusedAdvice, roleCommand, trustStatement } from './web-identity-advice';

const nobody = { roleArn: '', claims: null };

/** The claims, a line each, beside what the role of this project trusts. */
function claims({ webIdentity }: Told): string {
  if (webIdentity === undefined) return '';
  const { claims: ofToken, trusted = null } = webIdentity;
  if (ofToken === null) return ' The token is no JSON Web Token.';
  const beside = trusted === null ? '' : `, and what the role of ${trusted.stack} trusts where it differs`;
  return ` What the token says${beside}:\n${claimLines(compareClaims(ofToken, trusted)).join('\n')}`;
}

function role({ webIdentity }: Told): string {
  return webIdentity === undefined ? 'the role' : `the role ${webIdentity.roleArn}`;
}

/** The lines of the system's own file, for where a new token is all that helps. */
function newToken({ webIdentity }: Told, otherwise: string): string {
  const system = webIdentity?.system ?? null;
  return system === null ? otherwise : `Run the job again: it gets a new token. What a job needs for one (${system.docs}):\n${indented(system.lines)}`;
}

function noProvider(told: Told): Said {
  const tried = told.webIdentity ?? nobody;
  const command = tried.claims === null ? null : roleCommand(tried.claims, 'not there');
  return {
    message: `The account of ${role(told)} has no identity provider for ${tried.claims?.iss ?? 'the issuer of the token'}.${claims(told)}`,
    fix: command === null
      ? `Create it (IAM, Identity providers) with that issuer as its URL and the token's aud as its audience, and let the trust policy of the role name it:\n${trustStatement(tried)}`
      : `Make it, and a role for these jobs, with credentials of that account:\n${command}`,
  };
}

const invalid = new Set(['InvalidIdentityToken', 'InvalidIdentityTokenException']);

/** What STS says of a web identity, before the rows that read the same names otherwise. */
export const webIdentityRefusals: readonly Refusal[] = [
  {
    code: 'OIDC_TRUST_REFUSED',
    names: new Set(['AccessDenied', 'AccessDeniedException']),
    only: /AssumeRoleWithWebIdentity/,
    say: (told) => ({
      message: `AWS does not let this web identity assume ${role(told)}: the role's trust policy does not name it, or there is no such role.${claims(told)}`,
      fix: refusedAdvice(told.webIdentity ?? nobody),
    }),
  },
  { code: 'OIDC_TRUST_REFUSED', names: invalid, only: /No OpenIDConnect provider/i, say: noProvider },
  {
    code: 'OIDC_TRUST_REFUSED',
    names: invalid,
    only: /audience/i,
    say: (told) => ({
      message: `The token of ${told.title} is for the audience ${told.webIdentity?.claims?.aud ?? 'of somebody else'}, which is none of those that the identity provider in the account of ${role(told)} has.${claims(told)}`,
      fix: audienceLines(told.webIdentity ?? nobody),
    }),
  },
  {
    code: 'CLOCK_SKEW',
    names: invalid,
    only: /not yet valid/i,
    say: (told) => ({ message: `The token of ${told.title} is not yet valid: the clock of its issuer is minutes ahead of AWS's.${claims(told)}`, fix: 'Run the job again in some minutes, and have the clock of the issuer set.' }),
  },
  {
    code: 'AWS_UNAVAILABLE',
    names: invalid,
    only: /verification key/i,
    say: (told) => ({
      message: `AWS could not get the keys of the issuer of ${told.title} with which it verifies tokens, after four attempts.${claims(told)}`,
      fix: 'The issuer must serve /.well-known/openid-configuration, and the keys that it names, to the internet within five seconds. Run the same command again in a minute.',
    }),
  },
  {
    code: 'OIDC_TRUST_REFUSED',
    names: invalid,
    say: (told) => ({
      message: `AWS cannot verify the token of ${told.title} for ${role(told)}: its signature is wrong, or it is no whole token of OpenID Connect.${claims(told)}`,
      fix: newToken(told, 'Get a new token from the issuer, whole and unchanged, and run the same command again.'),
    }),
  },
  {
    code: 'OIDC_TRUST_REFUSED',
    names: new Set(['IDPRejectedClaim', 'IDPRejectedClaimException']),
    say: (told) => ({ message: `The identity provider rejected the token of ${told.title}.${claims(told)}`, fix: newToken(told, 'Get a new token, and run the same command again.') }),
  },
  {
    code: 'AWS_UNAVAILABLE',
    names: new Set(['IDPCommunicationError', 'IDPCommunicationErrorException']),
    say: (told) => ({
      message: `AWS could not reach the identity provider of ${told.title}, after three attempts. The token was not judged.${claims(told)}`,
      fix: 'The issuer must serve /.well-known/openid-configuration to the internet. Run the same command again in a minute.',
    }),
  },
  {
    code: 'EXPIRED_CREDENTIALS',
    names: new Set(['ExpiredToken', 'ExpiredTokenException']),
    only: /must be before the expiration|Token too old/,
    say: (told) => ({ message: `The token of ${told.title} has expired.${claims(told)}`, fix: newToken(told, 'Run the job again, or whatever writes the token file: it gives a new token.') }),
  },
  {
    code: 'OIDC_TRUST_REFUSED',
    names: new Set(['ValidationError', 'ValidationException']),
    only: /\bARN\b|roleArn|webIdentityToken/i,
    say: (told) => ({
      message: `AWS does not take ${role(told)} or its token: the ARN is of another partition (China, GovCloud), or what was given is no token.${claims(told)}`,
      fix: 'Compare it with the ARN of the role in its account (the output RoleArn of its stack), and the region with the partition.',
    }),
  },
  {
    code: 'OIDC_TOKEN_UNAVAILABLE',
    names: new Set(['ENOENT', 'EISDIR']),
    say: ({ title }) => ({ message: `A token file that ${title} builds on (web_identity_token_file) cannot be read.`, fix: 'Look for it: grep web_identity_token_file ~/.aws/config' }),
  },
];
