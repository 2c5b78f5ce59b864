import type { FailureCode } from '../failures/exit-codes';
import type { Explanation } from './explanation';

type CodeOfRuns = Extract<
  FailureCode,
  | 'USAGE' | 'BAD_CONFIG_FILE' | 'SECRET_ON_COMMAND_LINE' | 'NETWORK_UNREACHABLE' | 'TLS_FAILURE' | 'AWS_UNAVAILABLE' | 'CDK_FAILED' | 'CALL_FAILED' | 'BUSY' | 'FILE_SYSTEM' | 'DECLINED'
  | 'NOT_CONFIRMED' | 'INTERRUPTED' | 'INTERNAL'
>;

/** What is wrong with a command line or a file, on the way to AWS, or with a run itself. */
export const codesOfRuns: Readonly<Record<CodeOfRuns, Explanation>> = {
  USAGE: {
    means: 'an option, a value or cdk.json is wrong, or another version wrote the state of the local AWS',
    why: 'Nothing is guessed, and nothing is passed over: a mistyped option that is ignored would change what is deployed.',
    fix: ['Take the name that the message calls the nearest.', 'npm run deploy -- --help'],
  },
  BAD_CONFIG_FILE: {
    means: 'an AWS file, .env, or a file that one of them names, cannot be read or is broken',
    why: 'It is a directory, too large, not UTF-8 text, may not be read, or has a line that cannot be used. Files that the run does not need only warn.',
    fix: ['Correct the line that is named, or look at the file: ls -l ~/.aws'],
  },
  SECRET_ON_COMMAND_LINE: {
    means: 'an argument looks like a credential',
    why: 'Shells keep what is typed, npm logs it, and other users of the machine see it.',
    fix: ['Rotate it.', "Take it out of the shell's history and of npm's logs (~/.npm/_logs).", 'Give it by a variable, a profile, or when asked.'],
  },
  NETWORK_UNREACHABLE: {
    means: 'AWS was not reached; the credentials are not at fault',
    why: 'The name did not resolve, the connection was refused or cut, or nothing answered in time. The message names the host and the cause.',
    fix: ['Look at the network, the VPN, and at HTTPS_PROXY, NO_PROXY and AWS_ENDPOINT_URL where they are set.'],
  },
  TLS_FAILURE: {
    means: 'the certificate of AWS, or of what stands before it, is not trusted; the credentials are not at fault',
    why: 'A proxy that reads along has an authority of its own, or the clock is wrong.',
    fix: ['export AWS_CA_BUNDLE=/path/to/authority.pem   (or NODE_EXTRA_CA_CERTS)', 'Never switch verification off.'],
  },
  AWS_UNAVAILABLE: {
    means: 'AWS did not judge: it had a fault, was asked too often, or a proxy answered in its place; the credentials are not at fault',
    why: 'Three attempts had no answer that says anything of the credentials.',
    fix: ['Run the same command again in a minute.', 'Look at https://health.aws.amazon.com.'],
  },
  CDK_FAILED: {
    means: 'CDK or CloudFormation failed; where the session ended meanwhile, the message says so',
    why: 'The preflight had passed: the app does not compile, a resource was refused, or a stack rolled back.',
    fix: ["Read CDK's own output above the message: its first error is the cause.", 'aws cloudformation describe-stack-events --stack-name NAME'],
  },
  CALL_FAILED: {
    means: 'the API did not answer 2xx',
    why: 'The request reached the API, and its answer says what was wrong.',
    fix: ['Read the answer, above the message.'],
  },
  BUSY: {
    means: 'another run changes the same stack, or holds the local AWS',
    why: 'A stack, and the state of the local AWS, can be changed by one at a time.',
    fix: ['Wait for the process that the message names, or end it.'],
  },
  FILE_SYSTEM: {
    means: 'a file cannot be written: the disk is full or read-only, or the folder is not yours to write to',
    why: 'A run keeps what it synthesizes in .takeoff, and leaves it in cdk.out; what you typed is kept in .env or a profile, where you want that.',
    fix: ['Look whether there is room: df -h .', 'Look whose they are, and whether they are folders: ls -ld .takeoff cdk.out'],
  },
  DECLINED: {
    means: 'the answer was no',
    why: 'You were asked whether to go on, and did not want to. Nothing was changed.',
    fix: ['Run the same command again when you are ready.'],
  },
  NOT_CONFIRMED: {
    means: 'nobody could be asked, and there was no --yes',
    why: 'What changes an account needs consent, and so does an endpoint of another machine that is reached by plain HTTP: nothing is sent there before. CI=true is no consent, and an environment whose name is to be typed has to be named.',
    fix: ['Add --yes to the command.', 'Give the endpoint as https://, or reach it through a tunnel, where it is named.', 'Add --env NAME --yes where cdk.json has "confirm": "type-name".'],
  },
  INTERRUPTED: {
    means: 'a signal ended the run; what CloudFormation has begun goes on',
    why: 'Ctrl-C, Ctrl-D, or a signal from elsewhere: 130 for SIGINT, 143 for SIGTERM, 129 for SIGHUP.',
    fix: ['Run the same command again: CDK goes on from where the stack is.'],
  },
  INTERNAL: {
    means: 'a mistake of ours',
    why: 'Something happened that cdk-takeoff was not written for.',
    fix: ['Run the same command with --verbose, and report what it prints.'],
  },
};
