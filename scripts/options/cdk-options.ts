import type { CommandName } from './options';

/** The commands that are CDK's. */
export const cdkCommands = ['deploy', 'synth', 'diff', 'destroy', 'bootstrap'] as const satisfies readonly CommandName[];
/** One of them. */
export type CdkCommand = (typeof cdkCommands)[number];

export function isCdkCommand(command: CommandName): command is CdkCommand {
  return (cdkCommands as readonly CommandName[]).includes(command);
}

/**
 * How yargs reads what follows: a `flag` takes nothing (or `true`, `false`, and `--no-…` negates it), a `value`
 * exactly one, and once; an `array` one each time that it is given.
 */
export type Takes = 'flag' | 'value' | 'array';

/** Where it goes: ours; to synthesis; to the command on the finished assembly; to both; nowhere, and why. */
export type Goes = 'ours' | 'synthesis' | 'command' | 'both' | { readonly refused: string };

/** An option of CDK. */
export interface CdkOption {
  /** Long and short names, without dashes; the first is the one that errors name. */
  readonly names: readonly string[];
  readonly takes: Takes;
  readonly goes: Goes;
}

const flag = (names: string, goes: Goes): CdkOption => ({ names: names.split(' '), takes: 'flag', goes });
const value = (names: string, goes: Goes): CdkOption => ({ names: names.split(' '), takes: 'value', goes });
const each = (names: string, goes: Goes): CdkOption => ({ names: names.split(' '), takes: 'array', goes });
const refused = (why: string): Goes => ({ refused: why });

const watching = refused('It would deploy again and again without being asked, long after the credentials were proved. Run the command again instead.');

/** Options of every command of CDK, as `cdk --help` of 2.1148.1 lists them. */
export const globalOptions: readonly CdkOption[] = [
  value('app a', 'synthesis'),
  value('build', 'synthesis'),
  each('context c', 'synthesis'),
  each('plugin p', refused('A plugin runs inside CDK, beside the credentials. Name it in cdk.json under "plugin", and set context.takeoff.allowAssetCommands.')),
  flag('trace', 'both'),
  flag('strict', 'synthesis'),
  flag('lookups', 'synthesis'),
  flag('ignore-errors', 'both'),
  flag('verbose v', 'ours'),
  flag('debug', refused('It makes CDK trace its calls to AWS with their answers, session credentials among them. Use --debug-app for the app.')),
  flag('debug-app', 'synthesis'),
  flag('debug-cli', refused('It makes CDK trace its calls to AWS with their answers, session credentials among them.')),
  value('profile', 'ours'),
  value('region', 'ours'),
  value('proxy', refused('The proof of the credentials and CDK must take the same way. Set HTTPS_PROXY, which both follow.')),
  value('ca-bundle-path', refused('The proof of the credentials and CDK must trust the same certificates. Set AWS_CA_BUNDLE, which both follow.')),
  flag('ec2creds i', refused('The credentials of the machine are looked for anyway, after those that you set yourself.')),
  flag('version-reporting telemetry', 'synthesis'),
  flag('path-metadata', 'synthesis'),
  flag('asset-metadata', 'synthesis'),
  value('role-arn r', refused('CloudFormation would act as a role that the plan does not show. Change the role of the bootstrap or of the stack\'s synthesizer instead.')),
  flag('staging', 'synthesis'),
  value('output o', refused('Each run synthesizes into a folder of its own, which is audited, deployed, and then published as cdk.out.')),
  flag('notices', refused('Notices are fetched from the network, so they are always off here. Run: npx cdk notices')),
  flag('color', 'both'),
  flag('no-color', 'both'),
  flag('ci', 'both'),
  each('unstable', 'both'),
  value('telemetry-file', refused('Telemetry of CDK is always off here.')),
  flag('yes y', 'ours'),
  flag('version', refused('It is the CLI\'s own version that it prints. Run: npx cdk --version')),
  flag('help h', 'ours'),
];

/** Options of one command each. They come before the global ones of the same name. */
const commandOptions: Readonly<Record<CdkCommand, readonly CdkOption[]>> = {
  deploy: [
    flag('all', 'command'),
    each('build-exclude E', 'command'),
    flag('exclusively e', 'both'),
    value('require-approval', 'command'),
    each('notification-arns', 'command'),
    each('rollback-trigger-alarm-arns', 'command'),
    value('monitoring-time-minutes', 'command'),
    each('tags t', 'command'),
    flag('execute', 'command'),
    value('change-set-name', 'command'),
    value('method m', 'command'),
    flag('import-existing-resources', 'command'),
    flag('force f', 'command'),
    each('parameters', 'command'),
    value('outputs-file O', 'command'),
    flag('previous-parameters', 'command'),
    value('toolkit-stack-name', 'command'),
    value('progress', 'command'),
    flag('rollback', 'command'),
    flag('R', 'command'),
    flag('hotswap', 'command'),
    flag('hotswap-fallback', 'command'),
    value('hotswap-ecs-minimum-healthy-percent', 'command'),
    value('hotswap-ecs-maximum-healthy-percent', 'command'),
    value('hotswap-ecs-stabilization-timeout-seconds', 'command'),
    flag('watch', watching),
    flag('logs', refused('It only has an effect with --watch, which is refused.')),
    value('concurrency', 'command'),
    flag('asset-parallelism', 'command'),
    value('asset-build-concurrency', 'command'),
    flag('asset-prebuild', 'command'),
    flag('ignore-no-stacks', 'command'),
    flag('revert-drift', 'command'),
    flag('express', 'command'),
  ],
  synth: [
    flag('exclusively e', 'synthesis'),
    flag('validation', 'synthesis'),
    flag('quiet q', 'command'),
    flag('json j', 'ours'),
    flag('watch', watching),
  ],
  diff: [
    flag('strict', 'both'),
    each('parameters', 'command'),
    flag('exclusively e', 'both'),
    value('context-lines', 'command'),
    value('template', 'command'),
    flag('security-only', 'command'),
    flag('fail', 'command'),
    value('fail-on', 'command'),
    flag('processed', 'command'),
    flag('quiet q', 'command'),
    flag('change-set changeset', 'command'),
    value('change-set-name', 'command'),
    value('method m', 'command'),
    flag('import-existing-resources', 'command'),
    flag('include-moves', 'command'),
  ],
  destroy: [
    flag('all', 'command'),
    flag('exclusively e', 'both'),
    flag('force f', 'command'),
    value('concurrency', 'command'),
    flag('express', 'command'),
  ],
  bootstrap: [
    value('bootstrap-bucket-name b toolkit-bucket-name', 'command'),
    value('bootstrap-kms-key-id', 'command'),
    flag('example-permissions-boundary epb', 'command'),
    value('custom-permissions-boundary cpb', 'command'),
    flag('apply-permissions-boundary-to-all-roles', 'command'),
    flag('bootstrap-customer-key', 'command'),
    value('qualifier', 'command'),
    flag('public-access-block-configuration', 'command'),
    flag('deny-external-id', 'command'),
    each('tags t', 'command'),
    flag('execute', 'command'),
    each('trust', 'command'),
    each('trust-for-lookup', 'command'),
    each('untrust', 'command'),
    each('cloudformation-execution-policies', 'command'),
    flag('force f', 'command'),
    flag('termination-protection', 'command'),
    flag('show-template', 'command'),
    flag('json j', 'ours'),
    value('toolkit-stack-name', 'command'),
    value('template', 'command'),
    flag('previous-parameters', 'command'),
    flag('import-existing-resources', 'command'),
    flag('express', 'command'),
  ],
};

/** The options that CDK's `command` knows: its own first, then the global ones that it does not redefine. */
export function cdkOptionsOf(command: CdkCommand): readonly CdkOption[] {
  const own = commandOptions[command];
  const redefined = new Set(own.flatMap((option) => option.names));
  return [...own, ...globalOptions.filter((option) => !redefined.has(option.names[0] ?? ''))];
}
