import { isCdkCommand } from './cdk-options';
import type { CommandName } from './options';

/** What differs between commands; the rest of a help page is the same for all. */
interface Page {
  readonly usage: string;
  readonly does: string;
  readonly own: readonly string[];
  readonly examples: readonly string[];
}

const pages: Readonly<Record<CommandName, Page>> = {
  preflight: {
    usage: 'npm run preflight [-- OPTIONS]',
    does: 'Finds AWS credentials, proves them with STS, checks. Changes nothing.',
    own: ['--synth            also synthesizes, and checks and audits the assembly', '--assembly DIR     checks an assembly that was synthesized before'],
    examples: ['npm run preflight', 'npm run -s preflight -- --json', 'npm run preflight -- --synth --profile dev'],
  },
  deploy: {
    usage: 'npm run deploy [-- STACKS… OPTIONS]',
    does: 'Preflight, synthesis without credentials, audit, one question, and cdk deploy.',
    own: ['--assembly DIR     deploys an assembly that was synthesized before'],
    examples: ['npm run deploy', 'npm run deploy -- --local', 'npm run deploy -- --profile dev --outputs-file out.json'],
  },
  synth: {
    usage: 'npm run synth [-- STACKS… OPTIONS]',
    does: 'Synthesizes to cdk.out without credentials, and audits it.',
    own: ['--quiet            does not print the templates'],
    examples: ['npm run synth', 'npm run synth -- -c stage=prod'],
  },
  diff: {
    usage: 'npm run diff [-- STACKS… OPTIONS]',
    does: 'Shows what a deployment would change.',
    own: ['--assembly DIR     compares an assembly that was synthesized before'],
    examples: ['npm run diff', 'npm run diff -- --security-only'],
  },
  destroy: {
    usage: 'npm run destroy [-- STACKS… OPTIONS]',
    does: 'Deletes the stacks, after one question.',
    own: ['--assembly DIR     takes the stacks from an assembly synthesized before'],
    examples: ['npm run destroy', 'npm run destroy -- --local'],
  },
  bootstrap: {
    usage: 'npm run bootstrap [-- OPTIONS]',
    does: 'Prepares the account and region of the credentials for CDK, after one question.',
    own: [],
    examples: ['npm run bootstrap', 'npm run bootstrap -- --profile dev --region us-west-2'],
  },
  call: {
    usage: 'npm run call -- METHOD PATH [OPTIONS]',
    does: 'Calls the deployed API, signed with the credentials of the same preflight.',
    own: ['--data JSON        the body; @file reads it from a file', '--stack NAME       the stack whose ApiUrl is called', '--outputs-file F   takes its URL from the file that a deploy wrote'],
    examples: ['npm run call -- GET /notes', 'npm run call -- --local POST /notes --data \'{"text":"hello"}\''],
  },
  local: {
    usage: 'npm run local [-- OPTIONS]',
    does: 'Serves the local AWS, and the API deployed to it, until Ctrl-C.',
    own: ['--wipe             forgets all that was deployed to it'],
    examples: ['npm run local', 'npm run local -- --wipe'],
  },
  'ci:init': {
    usage: 'npm run ci:init -- github|gitlab [OPTIONS]',
    does: 'Writes the workflow that deploys from CI with no stored key.',
    own: [],
    examples: ['npm run ci:init -- github', 'npm run ci:init -- gitlab --yes'],
  },
};

const ofAws = [
  '--env NAME         an environment of cdk.json: its account, region and profile',
  '--profile NAME     the profile of the AWS CLI whose credentials are used',
  '--region NAME      the region',
  '--account ID       the account expected; any other stops the run',
  '--local            the local AWS, on this machine: no account needed',
  '--list-profiles    lists the profiles and which are ready, and ends',
];

const ofAll = [
  '--yes              agrees to what would be asked',
  '--no-input         asks nothing',
  '--json             one JSON object on standard output',
  '--verbose          lists the sources looked at, and each call of AWS',
  '--explain CODE     what an error code or a check means, and ends',
  '--help             this page',
];

/** What `npm run COMMAND -- --help` prints: 23 lines of 80 columns at most: a screen of 24 holds it above the shell's prompt. */
export function helpFor(command: CommandName): string {
  const page = pages[command];
  const options = [...page.own, ...(command === 'local' || command === 'ci:init' ? [] : ofAws), ...ofAll, ...(isCdkCommand(command) ? [`all others         are CDK's: npx cdk ${command} --help`] : [])];
  return [`Usage: ${page.usage}`, page.does, '', 'Options:', ...options.map((line) => `  ${line}`), '', 'Examples:', ...page.examples.map((line) => `  ${line}`)].join('\n');
}
