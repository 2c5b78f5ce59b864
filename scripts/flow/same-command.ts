import type { CommandName, Options } from '../options/options';
import { shellWord } from '../process/shell-word';
import type { Session } from './session';

function given(name: string, value: string | undefined): string[] {
  return value === undefined ? [] : [`--${name} ${shellWord(value)}`];
}

/** The options that lead another command to the same account, and to `region` where that is another than the run's. */
export function sameOptions({ env, local, profile, region }: Pick<Options, 'env' | 'local' | 'profile' | 'region'>, otherRegion?: string): string {
  const who = local ? ['--local'] : env === undefined ? given('profile', profile) : given('env', env); // beside which the others are refused
  return [...who, ...given('region', otherRegion ?? region)].join(' ');
}

/** The options that lead another command to the credentials and the region of `session`, also where the person chose them when asked. */
export function leadingTo(options: Options, { found, region, chosenProfile }: Pick<Session, 'found' | 'region' | 'chosenProfile'>): string {
  const profile = options.profile ?? chosenProfile;
  const askedRegion = region.source === 'prompt' ? region.value : undefined;
  return sameOptions({ ...options, local: found.source === 'local', ...(profile === undefined ? {} : { profile }) }, askedRegion);
}

/** A command that a person can copy. */
export function npmRun(command: CommandName, ...parts: readonly string[]): string {
  const rest = parts.filter(Boolean).join(' ');
  return `npm run ${command}${rest === '' ? '' : ` -- ${rest}`}`;
}

/** Values of parameters may be secret, and stay out of what is printed. */
function withoutParameters(args: readonly string[]): string[] {
  return args.map((argument, index) => {
    const isValue = args[index - 1] === '--parameters';
    return isValue || argument.startsWith('--parameters=') ? argument.replace(/^((?:--parameters=)?[^=]*=).*$/s, '$1...') : argument;
  });
}

/** Flags that go both to synthesis and to the command stand in both lists. */
function ofCdk({ synthArguments, cdkArguments }: Options): string[] {
  const more = cdkArguments.filter((argument, index) => {
    const isFlag = argument.startsWith('-') && cdkArguments[index + 1]?.startsWith('-') !== false;
    return !(isFlag && synthArguments.includes(argument));
  });
  return withoutParameters([...synthArguments, ...more]);
}

/** The command of this run with `more` options. */
export function sameCommand(options: Options, more: string): string {
  const { account, assembly, stacks, call } = options;
  const calling = call === undefined ? [] : [call.method, shellWord(call.path), ...given('data', call.data), ...given('stack', call.stack), ...given('outputs-file', call.outputsFile)];
  return npmRun(options.command, ...calling, ...stacks.map(shellWord), sameOptions(options), ...given('account', account), ...given('assembly', assembly), ...ofCdk(options).map(shellWord), more);
}
