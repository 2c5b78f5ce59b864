import { nearest } from '../configuration/nearest';
import { usage } from '../failures/failure';
import { optionsByName, type Known } from './command-options';
import type { CommandName } from './options';
import { ownOptions } from './own-options';

/** One thing of a command line. */
export type Word =
  | { readonly kind: 'positional'; readonly text: string }
  | {
      readonly kind: 'option';
      readonly known: Known;
      /** Of a flag: whether it is switched on. */
      readonly on: boolean;
      readonly value?: string;
      /** The arguments as they were given. */
      readonly given: readonly string[];
    };

/** `--requireApproval` is `--require-approval` to yargs, and so to us. */
function kebab(name: string): string {
  return name.replace(/(?<=[a-z\d])[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
}

function dashed(name: string): string {
  return name.length === 1 ? `-${name}` : `--${name}`;
}

/** An option's name and what was glued to it with `=`. */
interface Given {
  readonly name: string;
  readonly glued: string | undefined;
}

function split(argument: string): Given {
  const bare = argument.replace(/^--?/, '');
  const at = bare.indexOf('=');
  const name = at === -1 ? bare : bare.slice(0, at);
  return { name: argument.startsWith('--') ? kebab(name) : name, glued: at === -1 ? undefined : bare.slice(at + 1) };
}

function unknown(command: CommandName, name: string, known: ReadonlyMap<string, Known>): Error {
  const guess = nearest(name, [...known.keys()].filter((candidate) => candidate.length > 1));
  const others = ownOptions.find(({ names }) => names.includes(name))?.commands ?? [];
  const shown = /^[\w-]{1,40}$/.test(name) ? ` ${dashed(name)}` : '';
  const hint = others.length > 0 ? ` It belongs to ${others.join(', ')}.` : guess === null ? '' : ` The nearest is --${guess}.`;
  return usage(
    `npm run ${command} has no option${shown}.${hint}`,
    `Run: npm run ${command} -- --help`,
  );
}

function takesNothing(known: Known): boolean {
  return known.kind === 'own' ? 'flag' in known.option.sets : known.option.takes === 'flag';
}

function howToGive({ kind, name, option }: Known): string {
  const values = kind === 'own' ? option.values : undefined;
  return values === undefined ? `Give it as: --${name} VALUE, or --${name}=VALUE where the value begins with a dash.` : `Give it as: --${name} NAME\n${values}`;
}

/** Reads argv one word at a time, as yargs would, and refuses where yargs would guess. */
class WordReader {
  private at = 0;
  private readonly command: CommandName;
  private readonly argv: readonly string[];
  private readonly known: ReadonlyMap<string, Known>;

  constructor(command: CommandName, argv: readonly string[]) {
    this.command = command;
    this.argv = argv;
    this.known = optionsByName(command);
  }

  read(): Word[] {
    const words: Word[] = [];
    for (;;) {
      const argument = this.argv[this.at];
      if (argument === undefined) return words;
      this.at++;
      if (argument === '--') return [...words, ...this.argv.slice(this.at).map((text): Word => ({ kind: 'positional', text }))];
      if (!argument.startsWith('-') || argument === '-') words.push({ kind: 'positional', text: argument });
      else if (argument.startsWith('--') || argument.length === 2 || argument[2] === '=') words.push(this.option(argument));
      else words.push(...this.cluster(argument));
    }
  }

  /** `-ef`: flags of one letter each. */
  private cluster(argument: string): Word[] {
    return argument.slice(1).split('').map((letter) => {
      const known = this.known.get(letter);
      if (known === undefined || !takesNothing(known)) throw unknown(this.command, argument.slice(1), this.known);
      return this.flag(known, true, undefined, `-${letter}`);
    });
  }

  private option(argument: string): Word {
    const { name, glued } = split(argument);
    const known = this.known.get(name);
    if (known !== undefined) return takesNothing(known) ? this.flag(known, true, glued, argument) : this.valued(known, glued, argument);
    const negated = name.startsWith('no-') ? this.known.get(name.slice(3)) : undefined;
    if (negated !== undefined && glued === undefined && takesNothing(negated)) return this.flag(negated, false, undefined, argument);
    throw unknown(this.command, name, this.known);
  }

  private flag(known: Known, on: boolean, glued: string | undefined, argument: string): Word {
    const next = this.argv[this.at];
    const apart = glued === undefined && on && (next === 'true' || next === 'false') ? next : undefined;
    if (apart !== undefined) this.at++;
    const said = glued ?? apart;
    if (said !== undefined && said !== 'true' && said !== 'false') {
      throw usage(`--${known.name} takes no value other than true or false.`, `Give it alone: --${known.name}`);
    }
    const given = apart === undefined ? [argument] : [argument, apart];
    return { kind: 'option', known, on: said === undefined ? on : said === 'true', given };
  }

  private valued(known: Known, glued: string | undefined, argument: string): Word {
    if (glued !== undefined) return { kind: 'option', known, on: true, value: glued, given: [argument] };
    const next = this.argv[this.at];
    if (next === undefined || (next.startsWith('-') && !/^-\d/.test(next) && next !== '-')) {
      throw usage(`--${known.name} needs a value.`, howToGive(known));
    }
    this.at++;
    return { kind: 'option', known, on: true, value: next, given: [argument, next] };
  }
}

/**
 * The words of a command line of `command`.
 *
 * @throws Failure USAGE for an option that it does not have, or that lacks its value
 */
export function readWords(command: CommandName, argv: readonly string[]): Word[] {
  return new WordReader(command, argv).read();
}
