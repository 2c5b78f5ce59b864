import { usage, type Failure } from '../failures/failure';
import type { CommandName, Options } from './options';
import { refuseSecrets } from './secrets-on-command-line';
import { readWords, type Word } from './words';

type OptionWord = Extract<Word, { readonly kind: 'option' }>;
type Writable<T> = { -readonly [Key in keyof T]: T[Key] };

/** The value of `--name`, which may be given once. @throws Failure USAGE for a second one, or an empty one */
function onlyValue(words: readonly OptionWord[], name: string): string | undefined {
  const [first, second] = words.filter((word) => word.known.name === name);
  if (second !== undefined) throw usage(`--${name} is given twice.`, 'Give it once.');
  if (first?.value?.trim() === '') throw usage(`--${name} is empty.`, `Give it as: --${name} VALUE`);
  return first?.value;
}

function isOn(words: readonly OptionWord[], name: string): boolean {
  return words.findLast((word) => word.known.kind === 'own' && word.known.name === name)?.on ?? false;
}

/** CDK's options that go to `to`, unchanged and in order. */
function passedOn(words: readonly OptionWord[], to: 'synthesis' | 'command'): string[] {
  return words.flatMap((word) => {
    if (word.known.kind !== 'cdk') return [];
    const { goes } = word.known.option;
    if (typeof goes === 'object') throw usage(`--${word.known.name} is refused. ${goes.refused}`, `Leave --${word.known.name} out.`);
    return goes === to || goes === 'both' ? word.given : [];
  });
}

function refuseRepeated(words: readonly OptionWord[]): void {
  const once = words.filter((word) => word.known.kind === 'cdk' && word.known.option.takes === 'value').map((word) => word.known.name);
  const repeated = once.find((name, index) => once.indexOf(name) !== index);
  if (repeated !== undefined) throw usage(`--${repeated} is given twice, and CDK takes it once.`, 'Give it once.');
}

function callOf(positionals: readonly string[], words: readonly OptionWord[]): NonNullable<Options['call']> {
  const [method, path, ...more] = positionals;
  const how = 'Give it as: npm run call -- GET /notes';
  if (method === undefined || path === undefined) throw usage('call needs a method and a path.', how);
  if (more.length > 0) throw usage('call takes one method and one path, and there is more. A body is given with --data.', how);
  if (!/^[A-Za-z]+$/.test(method)) throw usage('The first argument of call is the HTTP method, letters only.', how);
  if (!path.startsWith('/')) throw usage('The path of call begins with a slash.', how);
  const data = words.findLast((word) => word.known.name === 'data')?.value;
  const stack = onlyValue(words, 'stack');
  const outputsFile = onlyValue(words, 'outputs-file');
  return { method: method.toUpperCase(), path, ...(data === undefined ? {} : { data }), ...(stack === undefined ? {} : { stack }), ...(outputsFile === undefined ? {} : { outputsFile }) };
}

/** Whether an option is there that only a synthesis obeys. */
function wantsSynthesis(words: readonly OptionWord[]): boolean {
  return words.some(({ known }) => known.kind === 'cdk' && known.option.goes === 'synthesis');
}

function conflict(options: Options, words: readonly OptionWord[]): Failure | null {
  const { account, env, local, profile, assembly, stacks } = options;
  if (account !== undefined && !/^\d{12}$/.test(account)) return usage('--account takes the twelve digits of an account id.', 'For example: --account 123456789012');
  if (local && profile !== undefined) {
    return usage('--local has credentials of its own, so that --profile has no meaning beside it.', 'Leave one of the two out.');
  }
  if (env !== undefined && (local || profile !== undefined)) {
    return usage(`--env says which credentials and which account are meant, so that --${local ? 'local' : 'profile'} has no meaning beside it.`, 'Leave one of the two out.');
  }
  if (assembly !== undefined && wantsSynthesis(words)) {
    return usage('--assembly is an assembly that was synthesized before, so that options of synthesis have no effect on it.', 'Leave one of the two out.');
  }
  if (options.command === 'local' && stacks.length > 0) return usage('npm run local takes no stack names.', 'Run: npm run local');
  return null;
}

function assemble(command: CommandName, words: readonly Word[], given: readonly OptionWord[]): Options {
  const positionals = words.flatMap((word) => (word.kind === 'positional' ? [word.text] : []));
  const help = isOn(given, 'help');
  const options: Writable<Options> = {
    command,
    local: isOn(given, 'local'),
    yes: isOn(given, 'yes'),
    noInput: isOn(given, 'no-input'),
    json: isOn(given, 'json'),
    synth: isOn(given, 'synth'),
    verbose: isOn(given, 'verbose'),
    help,
    listProfiles: isOn(given, 'list-profiles'),
    wipe: isOn(given, 'wipe'),
    stacks: command === 'call' ? [] : positionals,
    synthArguments: passedOn(given, 'synthesis'),
    cdkArguments: passedOn(given, 'command'),
  };
  for (const name of ['env', 'profile', 'region', 'account', 'assembly'] as const) {
    const value = onlyValue(given, name);
    if (value !== undefined) options[name] = value;
  }
  const explain = given.findLast(({ known }) => known.name === 'explain')?.value;
  if (explain !== undefined) options.explain = explain;
  if (command === 'call' && !help && explain === undefined && !options.listProfiles) options.call = callOf(positionals, given);
  return options;
}

/**
 * Understands the arguments of `npm run COMMAND -- …`. CDK's options come through unchanged and in order; what
 * neither we nor CDK know is a usage error, since CDK only warns and goes on.
 *
 * @throws Failure USAGE, or SECRET_ON_COMMAND_LINE
 */
export function parseOptions(command: CommandName, argv: readonly string[]): Options {
  refuseSecrets(argv);
  const words = readWords(command, argv);
  const given = words.filter((word): word is OptionWord => word.kind === 'option');
  refuseRepeated(given);
  const options = assemble(command, words, given);
  const wrong = conflict(options, given);
  if (wrong !== null) throw wrong;
  return options;
}
