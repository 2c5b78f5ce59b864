import type { FailureCode } from '../failures/exit-codes';
import { ignoreCommand, untrackCommand } from '../git/git';
import type { Explanation } from './explanation';

type CodeOfChecks = Extract<
  FailureCode,
  | 'NO_REGION' | 'BAD_REGION' | 'REGION_DISABLED' | 'REGION_NOT_ALLOWED' | 'WRONG_ACCOUNT' | 'SESSION_TOO_SHORT' | 'ROOT_USER' | 'LONG_TERM_KEYS_IN_CI' | 'NOT_BOOTSTRAPPED'
  | 'ENV_FILE_TRACKED' | 'ENV_FILE_NOT_IGNORED' | 'SECRET_IN_SOURCE' | 'SECRET_IN_ASSEMBLY' | 'ASSEMBLY_CHANGED' | 'TOOLCHAIN'
>;

/** What the checks find. */
export const codesOfChecks: Readonly<Record<CodeOfChecks, Explanation>> = {
  NO_REGION: {
    means: 'no region is known, and nobody could be asked',
    why: 'A region is never guessed: a stack in the wrong one is a stack too many.',
    fix: ['export AWS_DEFAULT_REGION="us-west-2"', 'aws configure set region us-west-2 --profile NAME', 'Add --region NAME to the command.'],
  },
  BAD_REGION: {
    means: "the region is none of AWS's, or none of the partition of the credentials",
    why: 'A mistyped region looks like a network that is down, so that it is judged before any call.',
    fix: ['Take the name that the message calls the nearest.'],
  },
  REGION_DISABLED: {
    means: 'the region is not enabled for the account',
    why: 'Regions that AWS opened after March 2019 are off until an account switches them on.',
    fix: ['aws account enable-region --region-name NAME   (takes minutes to hours)', 'Use another region: --region NAME, or "region" of the environment in cdk.json.'],
  },
  REGION_NOT_ALLOWED: {
    means: 'the region is not among context.takeoff.regions in cdk.json',
    why: 'The project says where it may be deployed to.',
    fix: ['Use one of the regions that the message lists: --region NAME', 'Add the region to context.takeoff.regions.'],
  },
  WRONG_ACCOUNT: {
    means: 'the credentials are of another account than is expected',
    why: 'The account expected is that of --env, of --account, of context.takeoff in cdk.json, or of a stack itself. The message names both.',
    fix: ['npm run preflight -- --list-profiles   (shows the account of each profile)', 'Use credentials of the account that is named: --profile NAME, or --env NAME', 'A stack of another account: let that one trust yours, with the npm run bootstrap … --trust that the message gives.'],
  },
  SESSION_TOO_SHORT: {
    means: 'the session could end during the deployment',
    why: 'It has less than context.takeoff.minSessionMinutes left, and nobody renews it while CDK runs.',
    fix: ['Log in anew: the message has the command.', 'Use a profile whose sessions are renewed: a role, or IAM Identity Center.'],
  },
  ROOT_USER: {
    means: 'the keys are those of the account\'s root user',
    why: 'Nothing limits them, and no deployment needs them.',
    fix: ['aws configure sso   (a person deploys with a role; then --profile NAME, or "profile" of the environment in cdk.json)', 'Delete them in the console: Security credentials of the root user.'],
  },
  LONG_TERM_KEYS_IN_CI: {
    means: 'long-term keys are used in CI',
    why: 'They do not end by themselves, and a CI system can have a session for each job instead.',
    fix: ['Let a role trust the CI system (OIDC), set AWS_ROLE_ARN, and take the keys out of the job: its token is exchanged here.', 'Set context.takeoff.allowLongTermKeysInCi where that cannot be.'],
  },
  NOT_BOOTSTRAPPED: {
    means: "CDK's bootstrap resources are missing in the account and region, or too old",
    why: 'CDK uploads to a bucket and acts through roles that the stack CDKToolkit makes, once for each account and region.',
    fix: ['npm run bootstrap   (with the options that the message gives)'],
  },
  ENV_FILE_TRACKED: {
    means: 'git tracks .env',
    why: 'Whoever has the repository has what is in it, and so has its history.',
    fix: [`${untrackCommand}   (and commit)`, 'Rotate the keys that it held.'],
  },
  ENV_FILE_NOT_IGNORED: {
    means: 'git would take .env along',
    why: 'The next git add would commit the credentials in it.',
    fix: [ignoreCommand],
  },
  SECRET_IN_SOURCE: {
    means: 'a credential is in a file that git tracks or is about to commit',
    why: 'The check source-secrets looks for what has the shape of a credential of AWS, and for the very one in use. The message names file, line, rule and fingerprint, never the value.',
    fix: ['Rotate the key, then take it out of the file.', 'Add path, fingerprint and a reason to context.takeoff.allowFindings in cdk.json, where it never opened anything.'],
  },
  SECRET_IN_ASSEMBLY: {
    means: 'a credential lies in what would be uploaded; nothing was',
    why: 'Every file and zip of the assembly is searched for the credentials in use and for AWS key pairs, and one was found.',
    fix: ['Take it out of the file that is named, and let the code use its role or a secret of Secrets Manager.', 'Rotate the key if the source was shared.'],
  },
  ASSEMBLY_CHANGED: {
    means: 'something wrote to the assembly between the search for credentials and the hand-over to CDK; nothing was uploaded',
    why: 'What is deployed must be what was searched. So all of it is hashed before the search, and again before CDK starts.',
    fix: ['Find out what writes to the folder (another run, a watching build, a program that should not), and run it again.'],
  },
  TOOLCHAIN: {
    means: 'Node or the CDK CLI is too old for the app',
    why: 'The file package.json asks for a newer Node, or the assembly has a schema that the CLI of the project cannot read.',
    fix: ['The message has the command that installs what is needed.'],
  },
};
