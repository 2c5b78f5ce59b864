import type { FailureCode } from '../failures/exit-codes';
import type { Explanation } from './explanation';

type CodeOfCredentials = Extract<
  FailureCode,
  | 'NO_CREDENTIALS' | 'INCOMPLETE_CREDENTIALS' | 'PROFILE_NOT_FOUND' | 'SSO_LOGIN_REQUIRED' | 'MFA_REQUIRED' | 'OIDC_TOKEN_UNAVAILABLE' | 'MALFORMED_CREDENTIALS'
  | 'EXPIRED_CREDENTIALS' | 'INVALID_ACCESS_KEY' | 'INVALID_SECRET' | 'INVALID_SESSION_TOKEN' | 'ACCESS_DENIED' | 'CLOCK_SKEW' | 'CREDENTIAL_PROCESS_FAILED' | 'OIDC_TRUST_REFUSED'
>;

/** Credentials that are not there, or that AWS refused. */
export const codesOfCredentials: Readonly<Record<CodeOfCredentials, Explanation>> = {
  NO_CREDENTIALS: {
    means: 'every place was looked at, and none had any; the message lists them in order',
    why: 'Nothing was set in the environment, in .env or in the AWS files, this machine has no role, and nobody could be asked.',
    fix: ['npm run preflight   (at a terminal it asks)', 'aws configure   (or aws configure sso)', 'npm run deploy -- --local   (needs no AWS account)'],
  },
  INCOMPLETE_CREDENTIALS: {
    means: "half of a key pair, or a session's key without its token",
    why: 'A key id, its secret and, where the id begins with ASIA, its session token belong together. They are never filled up from another place.',
    fix: ['Set the one that the message names, in the place that it names.', 'Remove the other one, so that the next place is looked at.'],
  },
  PROFILE_NOT_FOUND: {
    means: 'the profile, or one that it builds on, is in neither AWS file, or its source profiles go in a circle',
    why: 'Profiles are read from ~/.aws/config and ~/.aws/credentials, or from where AWS_CONFIG_FILE and AWS_SHARED_CREDENTIALS_FILE point.',
    fix: ['npm run preflight -- --list-profiles   (shows those that there are)', 'aws configure --profile NAME   (makes it)'],
  },
  SSO_LOGIN_REQUIRED: {
    means: 'the login of IAM Identity Center, or of aws login, has ended or never was',
    why: 'Such a profile holds no keys: it exchanges a login, which lasts some hours, for a session.',
    fix: ['Run it at a terminal, and log in when you are asked.', 'aws sso login --profile NAME', 'aws login --profile NAME   (where the profile has a login_session)'],
  },
  MFA_REQUIRED: {
    means: "the profile's role asks for the code of an MFA device, and nobody could be asked",
    why: 'The profile has mfa_serial, and no session of it is kept in ~/.aws/cli/cache that still has 15 minutes.',
    fix: ['Run it once at a terminal: the session is kept, and the next runs need no code.', 'In CI use a role that trusts the CI system (OIDC).'],
  },
  OIDC_TOKEN_UNAVAILABLE: {
    means: 'the token of a web identity is not there, or its file is empty',
    why: 'A role is named, and the token that would be exchanged for its session is missing: nothing has put it there yet, or the job may not have one.',
    fix: ['Look at the file that the message names.', 'In GitHub Actions the job needs permissions: id-token: write.'],
  },
  MALFORMED_CREDENTIALS: {
    means: 'a quote, a space or a line break came along with a value',
    why: 'Such a value can stand in no request: most often it was pasted with what stood around it.',
    fix: ['Give the value again without it. The message says where it is.'],
  },
  EXPIRED_CREDENTIALS: {
    means: 'the session has ended',
    why: 'Temporary credentials last from 15 minutes to 36 hours, and AWS says that these are over.',
    fix: ['Renew them where they came from: the message has the command for that source.', 'npm run preflight -- --list-profiles   (shows which profiles are ready)'],
  },
  INVALID_ACCESS_KEY: {
    means: 'STS does not know the access key id',
    why: 'The key was deleted or deactivated, a session token is missing or belongs to another key, the region is not enabled for the account, or the key is of another partition (China, GovCloud). The message names the likeliest first.',
    fix: ['Copy the id again from where it was made.', 'unset AWS_SESSION_TOKEN   (where an old one is left beside a long-term key)', 'Use a region that the account has enabled: --region us-east-1'],
  },
  INVALID_SECRET: {
    means: 'the secret does not fit the access key id',
    why: 'AWS knows the id, and the signature made with the secret is not right: it is of another key, or cut.',
    fix: ['Give the secret again. A lost one cannot be shown again: make a new key and delete the old one.'],
  },
  INVALID_SESSION_TOKEN: {
    means: 'the session token is damaged, or belongs to another key',
    why: 'A token is some hundred characters long, and a terminal or an editor may have cut or wrapped it.',
    fix: ['Copy all three values again, together.'],
  },
  ACCESS_DENIED: {
    means: 'a role may not be assumed, or a policy denies the call',
    why: 'To ask STS who you are needs no permission, so what is denied is a step before it: a role of the profile, a trust policy, or the policy of a VPC endpoint or an organization.',
    fix: ['Give the identity that the message names the permission that it names, or let the trust policy of the role name that identity.'],
  },
  CLOCK_SKEW: {
    means: "this machine's clock is minutes off",
    why: 'AWS refuses what is signed more than five minutes from its own time. The credentials were not judged.',
    fix: ['Set the clock, or switch on its synchronization: sudo timedatectl set-ntp true', 'In WSL or a virtual machine: restart it after the host has slept.'],
  },
  CREDENTIAL_PROCESS_FAILED: {
    means: 'the program of credential_process failed, or printed what is no credentials',
    why: 'The profile gets its credentials from a program of yours. What it printed may hold secrets, and is not shown.',
    fix: ['aws configure get credential_process --profile NAME   (shows it: run it by hand)'],
  },
  OIDC_TRUST_REFUSED: {
    means: 'the role does not trust the web identity, or AWS cannot verify its token',
    why: "The role's trust policy does not fit the token's issuer, audience or subject, or the account has no such identity provider. The message shows the three.",
    fix: ['Put the statement that is shown into the trust policy of the role.', "Create the identity provider in the role's account."],
  },
};
