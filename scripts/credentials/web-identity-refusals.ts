import type { Refusal, Told } from './refusal-row';

function claims({ webIdentity }: Told): string {
  if (webIdentity === undefined) return '';
  if (webIdentity.claims === null) return ' The token is no JSON Web Token.';
  const { issuer, audience, subject } = webIdentity.claims;
  return ` The token has iss ${issuer}, aud ${audience}, sub ${subject}.`;
}

function role({ webIdentity }: Told): string {
  return webIdentity === undefined ? 'the role' : `the role ${webIdentity.roleArn}`;
}

/** The trust policy that would let exactly this token in. https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_providers_create_oidc.html */
function trustPolicy({ webIdentity }: Told): string {
  const [, partition = 'aws', account = 'ACCOUNT'] = /^arn:([^:]+):iam::(\d{12}):/.exec(webIdentity?.roleArn ?? '') ?? [];
  const { issuer, audience, subject } = webIdentity?.claims ?? { issuer: 'https://ISSUER', audience: 'AUD', subject: 'SUB' };
  const provider = issuer.replace(/^https:\/\//, '');
  return JSON.stringify({
    Effect: 'Allow',
    Principal: { Federated: `arn:${partition}:iam::${account}:oidc-provider/${provider}` },
    Action: 'sts:AssumeRoleWithWebIdentity',
    Condition: { StringEquals: { [`${provider}:aud`]: audience, [`${provider}:sub`]: subject } },
  });
}

function ofGitHub({ webIdentity }: Told): string {
  return webIdentity?.claims?.issuer.includes('token.actions.githubusercontent.com') === true ? ' In GitHub Actions the job needs permissions: id-token: write.' : '';
}

/** What STS says of a web identity, before the rows that read the same names otherwise. */
export const webIdentityRefusals: readonly Refusal[] = [
  {
    code: 'OIDC_TRUST_REFUSED',
    names: new Set(['AccessDenied', 'AccessDeniedException']),
    only: /AssumeRoleWithWebIdentity/,
    say: (told) => ({
      message: `AWS does not let this web identity assume ${role(told)}: the role's trust policy does not name it.${claims(told)}`,
      fix: `The trust policy of the role needs this statement, and its account the identity provider in it:\n${trustPolicy(told)}`,
    }),
  },
  {
    code: 'OIDC_TRUST_REFUSED',
    names: new Set(['InvalidIdentityToken', 'InvalidIdentityTokenException']),
    say: (told) => ({
      message: `AWS cannot verify the token of ${told.title} for ${role(told)}: its issuer is no identity provider of that account, the audience is none of the provider's, or the signature is wrong.${claims(told)}`,
      fix: `Create the provider in the role's account (IAM, Identity providers) with that issuer and audience, and let the trust policy of the role name it:\n${trustPolicy(told)}`,
    }),
  },
  {
    code: 'OIDC_TRUST_REFUSED',
    names: new Set(['IDPRejectedClaim', 'IDPRejectedClaimException']),
    say: (told) => ({ message: `The identity provider rejected the token of ${told.title}.${claims(told)}`, fix: `Get a new token, and run the same command again.${ofGitHub(told)}` }),
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
    only: /must be before the expiration/,
    say: (told) => ({ message: `The token of ${told.title} has expired.${claims(told)}`, fix: `Run the job again, or whatever writes the token file: it gives a new token.${ofGitHub(told)}` }),
  },
  {
    code: 'OIDC_TOKEN_UNAVAILABLE',
    names: new Set(['ENOENT', 'EISDIR']),
    say: ({ title }) => ({ message: `A token file that ${title} builds on (web_identity_token_file) cannot be read.`, fix: 'Look for it: grep web_identity_token_file ~/.aws/config' }),
  },
];
