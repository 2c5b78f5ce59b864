import type { CheckId } from '../failures/check-ids';
import type { FailureCode } from '../failures/exit-codes';
import { ignoreCommand, untrackCommand } from '../git/git';
import type { Explanation } from './explanation';

/** An explanation of a check. */
export interface CheckExplanation extends Explanation {
  /** The codes that it fails with, besides those of AWS not being reached. */
  readonly codes: readonly FailureCode[];
}

/** What each check looks at. */
export const checkExplanations: Readonly<Record<CheckId, CheckExplanation>> = {
  credentials: {
    means: 'a source has some; names what they hide. In the report of `--json` it warns where a file that is not needed is broken',
    why: 'The sources are looked at in one order, and the first that has credentials wins. Those that come later are ignored, and named.',
    fix: ['npm run preflight -- --verbose   (lists every source that was looked at)', 'unset AWS_ACCESS_KEY_ID AWS_SECRET_ACCESS_KEY AWS_SESSION_TOKEN   (where the environment wins and should not)'],
    codes: ['NO_CREDENTIALS', 'INCOMPLETE_CREDENTIALS', 'MALFORMED_CREDENTIALS', 'PROFILE_NOT_FOUND', 'BAD_CONFIG_FILE'],
  },
  region: {
    means: "one is known, is one of AWS's, of the partition of the identity, and allowed (`regions`); it is never guessed. The nearest name is told before any call; one that AWS may have opened since only warns",
    why: 'It is --region, AWS_REGION, AWS_DEFAULT_REGION, or the one that came with the credentials.',
    fix: ['Add --region NAME to the command.'],
    codes: ['NO_REGION', 'BAD_REGION', 'REGION_NOT_ALLOWED', 'REGION_DISABLED'],
  },
  identity: {
    means: "STS accepts them. Warns where this machine's clock was minutes off, which is corrected for the run, and where an endpoint is asked over plain HTTP that is not on this machine, to which you, or `--yes`, agreed before",
    why: 'The call sts:GetCallerIdentity needs no permission, and says whose credentials they are. Nothing later runs with credentials that it has not accepted.',
    fix: ['The message names what was refused, and the command that helps.'],
    codes: ['EXPIRED_CREDENTIALS', 'INVALID_ACCESS_KEY', 'INVALID_SECRET', 'INVALID_SESSION_TOKEN', 'ACCESS_DENIED', 'CLOCK_SKEW', 'SSO_LOGIN_REQUIRED', 'MFA_REQUIRED', 'NOT_CONFIRMED'],
  },
  'key-kind': {
    means: "they are temporary. The root user's fail; long-term keys warn, and fail in CI (`CI` set); on EC2, ECS, EKS and CodeBuild the warning names the role that is there to use",
    why: 'A key that does not end by itself is found years later in a log, a backup or a repository, and still works.',
    fix: ['aws configure sso   (sessions of some hours, with a login)', 'At a terminal: say yes where deploy offers to exchange them for a session of one hour.', 'In CI: a role that trusts the CI system.'],
    codes: ['ROOT_USER', 'LONG_TERM_KEYS_IN_CI'],
  },
  'key-age': {
    means: 'long-term keys are at most `maxKeyAgeDays` old; older ones warn with the commands that rotate them. Skipped where `iam:ListAccessKeys` is denied',
    why: 'The older a key is, the more places it has been copied to.',
    fix: ['aws iam create-access-key   (then use it, and delete the old one)'],
    codes: [],
  },
  expiry: {
    means: 'the session lasts `minSessionMinutes`, or is renewed while CDK runs. Skipped for long-term keys, and where nobody says when it ends (`AWS_CREDENTIAL_EXPIRATION` does for environment keys); `diff` only warns',
    why: 'A session that ends in the middle of a deployment leaves a stack half changed.',
    fix: ['Log in anew: the message has the command.'],
    codes: ['SESSION_TOO_SHORT'],
  },
  account: {
    means: "it is the one expected: that of `--env`, `--account`, `accounts` of the configuration, the stacks' own `env`. Most key ids hold their account: then it is judged before any call. A stack of another account passes where its deploy role may be assumed",
    why: 'Credentials of the wrong account work just as well, and change what is not yours to change.',
    fix: ['Add --account ID to the command, or context.takeoff.accounts or environments to cdk.json, so that another one stops the run.'],
    codes: ['WRONG_ACCOUNT'],
  },
  bootstrap: {
    means: "account and region have the bootstrap version that the app needs. Where the credentials may not read it, it is read through the bootstrap's lookup role, or its deploy role; where that fails too it only warns",
    why: 'CDK uploads to a bucket and acts through roles that have to be there before, and says late that they are not.',
    fix: ['npm run bootstrap   (once for each account and region)'],
    codes: ['NOT_BOOTSTRAPPED'],
  },
  gitignore: {
    means: 'git ignores `.env`. At a terminal the line for .gitignore is offered before credentials are looked for',
    why: 'What git does not ignore is committed with the next git add.',
    fix: [ignoreCommand],
    codes: ['ENV_FILE_NOT_IGNORED'],
  },
  'env-file': {
    means: 'git does not track `.env`, and only you may read it; at a terminal mode 0600 is offered',
    why: 'Its values are keys. Another user of the machine, or of the repository, could use them.',
    fix: ['chmod 600 .env', `${untrackCommand}   (where git tracks it)`],
    codes: ['ENV_FILE_TRACKED'],
  },
  'source-secrets': {
    means: 'nothing that git tracks or is about to commit holds an AWS key pair, a session token, a Bedrock API key, or the credential in use. A lone key id warns. Examples of documentation, bait (canarytokens.org) and `allowFindings` do not count. Skipped where there is no repository',
    why: 'Whoever has the repository has what is in it, for as long as its history is kept.',
    fix: ['Rotate the key, then take it out of the file that is named.', 'Add path, fingerprint and a reason to context.takeoff.allowFindings in cdk.json, where it never opened anything.', 'gitleaks git .   (searches the history)'],
    codes: ['SECRET_IN_SOURCE'],
  },
  toolchain: {
    means: "Node is what package.json asks for, and the project's own CDK CLI reads what its aws-cdk-lib, or the assembly given, has for a schema",
    why: 'CDK would find it out only after the synthesis.',
    fix: ['npm install --save-exact aws-cdk@2   (the CLI of the project; a global one is not used)'],
    codes: ['TOOLCHAIN'],
  },
  assembly: {
    means: 'no credential lies in any file or zip of the cloud assembly, and nothing in it waits for a lookup',
    why: 'What is uploaded can be read by whoever may read the bucket, and stays there.',
    fix: ['Take the credential out of the file that is named, and rotate it.'],
    codes: ['SECRET_IN_ASSEMBLY', 'CDK_FAILED'],
  },
};
