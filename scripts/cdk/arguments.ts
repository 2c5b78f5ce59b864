import type { CommandName } from '../options/options';

/** The commands that run on a finished assembly, or, for bootstrap, on none. */
export type HandedOver = Extract<CommandName, 'deploy' | 'diff' | 'destroy' | 'bootstrap'>;

/** Whether the person gave one of the options `names`: as `--app` or `--app=…`. */
export function hasOption(args: readonly string[], ...names: readonly string[]): boolean {
  return args.some((argument) => names.some((name) => argument === name || argument.startsWith(`${name}=`)));
}

/**
 * What the person gave the option, as `--app VALUE` or `--app=VALUE`: the last time counts.
 *
 * @param names all of the one option: `--app`, `-a`
 * @returns `null` where it is not given, or without a value
 */
export function valueOf(args: readonly string[], ...names: readonly string[]): string | null {
  const at = args.findLastIndex((argument) => hasOption([argument], ...names));
  const given = args[at];
  if (given === undefined) return null;
  return given.includes('=') ? given.slice(given.indexOf('=') + 1) : args[at + 1] ?? null;
}

/**
 * Whether a flag is on, as yargs reads it: `--all`, `--all=false`, `--all false`, `--no-all`; the last time counts.
 *
 * @param names all of the one flag: `--exclusively`, `-e`
 * @param otherwise what holds where it is not given
 */
export function isOn(args: readonly string[], names: readonly string[], otherwise = false): boolean {
  let on = otherwise;
  for (const [index, argument] of args.entries()) {
    const [flag = '', glued] = argument.split('=', 2);
    if (names.includes(flag)) on = (glued ?? args[index + 1]) !== 'false';
    else if (names.some((name) => flag === name.replace(/^--/, '--no-'))) on = false;
  }
  return on;
}

/** What a synthesis with no credentials is to do. */
export interface SynthesisArguments {
  /** The folder that it writes to. */
  readonly output: string;
  readonly stacks: readonly string[];
  /** The person's, of synthesis and, for `npm run synth`, of the command. */
  readonly args: readonly string[];
  /** Whether the templates are not printed. */
  readonly quiet: boolean;
  readonly color: boolean;
}

/** Whether the person allows lookups: CDK's default. */
export function allowsLookups(args: readonly string[]): boolean {
  return isOn(args, ['--lookups'], true);
}

function withoutLookups(args: readonly string[]): string[] {
  return args.filter((argument, index) => !/^--(?:no-)?lookups(?:=|$)/.test(argument) && !(args[index - 1] === '--lookups' && /^(?:true|false)$/.test(argument)));
}

/** The argv of a synthesis with no credentials. Lookups are left to a run of its own, so that none is tried in vain. */
export function synthesisArguments(init: SynthesisArguments): string[] {
  return [
    'synth', ...init.stacks, '--output', init.output, '--no-notices', '--no-lookups',
    ...(init.quiet ? ['--quiet'] : []),
    ...(init.color && !hasOption(init.args, '--color', '--no-color') ? ['--color'] : []),
    ...withoutLookups(init.args),
  ];
}

/**
 * What neither cdk.json nor ~/.cdk.json may decide beside the credentials, whoever wrote to them meanwhile: `--build ''`
 * switches off the build command, `--profile ''` and `--region` overrule identity and region, `--no-proxy` and
 * `--ca-bundle-path ''` another way to AWS than that of the environment, `plugins` all others.
 */
function settled(region: string, plugins: readonly string[]): string[] {
  return ['--build', '', '--profile', '', '--region', region, '--no-proxy', '--ca-bundle-path', '', ...plugins.map((plugin) => `--plugin=${plugin}`), '--no-notices'];
}

/**
 * The argv that fills in the context which an assembly lacks. The app does not run: CDK reads the assembly alone.
 *
 * @param plugins as of {@link HandOverArguments}
 */
export function lookupArguments(assembly: string, region: string, plugins: readonly string[]): string[] {
  return ['synth', '--app', assembly, ...settled(region, plugins), '--lookups', '--quiet', '--verbose'];
}

/** What CDK is to do beside the credentials. */
export interface HandOverArguments {
  readonly command: HandedOver;
  /** The assembly's folder; `null` for bootstrap. */
  readonly assembly: string | null;
  /** Stacks; for bootstrap environments as `aws://ACCOUNT/REGION`. */
  readonly stacks: readonly string[];
  /** The person's own, unchanged and in order. */
  readonly args: readonly string[];
  /** Of the app's bootstrap resources. */
  readonly qualifier: string;
  readonly region: string;
  /** All that CDK loads: one at least, since without any it takes those of its files. */
  readonly plugins: readonly string[];
}

/** Whether CDK itself asks: the person gave `--require-approval` with something to approve. */
export function asksItself(args: readonly string[]): boolean {
  if (!hasOption(args, '--require-approval', '--requireApproval')) return false;
  return !args.some((argument, index) => /^--require-?approval=never$/i.test(argument) || (argument === 'never' && /^--require-?approval$/i.test(args[index - 1] ?? '')));
}

/**
 * The argv of the hand-over. Bootstrap's `--app ''` switches off the app of cdk.json, which CDK would run beside the
 * credentials otherwise. The question was answered once: hence `--yes`.
 */
export function handOverArguments(init: HandOverArguments): string[] {
  const { command, assembly, stacks, args, qualifier, region, plugins } = init;
  const confirmed = command === 'diff' || asksItself(args) ? [] : ['--yes'];
  const own = command === 'bootstrap' && !hasOption(args, '--qualifier') ? ['--qualifier', qualifier] : [];
  return [command, ...stacks, '--app', assembly ?? '', ...settled(region, plugins), ...confirmed, ...own, ...args];
}
