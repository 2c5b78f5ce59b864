import type { PassThrough } from 'node:stream';
import type { Part } from './input-parts';
import { openKeyboard, type Keyboard } from './keyboard';
import { promptTheme } from './prompt-theme';

/** One of the answers to choose from. */
export interface Choice<Value> {
  readonly value: Value;
  readonly name: string;
  /** What the line shows once it is chosen, where that is not the name. */
  readonly short?: string;
}

/** One that was searched for. */
export interface FoundChoice<Value> extends Choice<Value> {
  /** Shown below the list while it is the one that Enter takes. */
  readonly description?: string;
}

/** Questions to a person at a terminal. Ctrl-C and Ctrl-D reject with INTERRUPTED. */
export interface Prompts {
  /** One of numbered choices, by its number or by the arrow keys. */
  select<Value>(init: { readonly message: string; readonly choices: readonly Choice<Value>[]; readonly default?: Value }): Promise<Value>;
  /** One of many: what is typed, or pasted, leaves those that `choices` finds by it. */
  search<Value>(init: { readonly message: string; readonly choices: (term: string) => readonly FoundChoice<Value>[] }): Promise<Value>;
  /** A line; several where they were pasted. Not trimmed. `shown` says how the value looks while it is typed. */
  input(init: { readonly message: string; readonly default?: string; readonly shown?: (value: string) => string }): Promise<string>;
  /** As {@link input}, each character shown as `*`, and with no key that reveals it. */
  password(init: { readonly message: string }): Promise<string>;
  confirm(init: { readonly message: string; readonly default: boolean }): Promise<boolean>;
  /** Runs `work` while what is typed is dropped and not shown. Ctrl-C rejects; it does not end the work. */
  busy<Result>(work: () => Promise<Result>): Promise<Result>;
  /** Gives the terminal back. */
  close(): Promise<void>;
}

/** From this length on a pasted line answers at once: it would fill the window with `*`. */
const longLine = 100;

/** Whatever is not text in one line. */
const unprintable = /\p{Cc}/u;

/** The one import of Inquirer, made when the first question is asked. */
const inquirer = async () => await import('@inquirer/prompts');

/** A number, or `yes`, with its Enter: all that a menu or a yes-or-no question takes of what comes in one go. */
const shortAnswer = /^\w{0,3}\n*$/;

/** Control characters that a menu or a yes-or-no question has a use for: Enter, Tab, Backspace, Escape, Ctrl-N, Ctrl-P. */
const controlKeys: ReadonlySet<string> = new Set(['\r', '\n', '\t', '\b', '\u007f', '\u001b', '\u000e', '\u0010']);

/** Another one, which nobody sees, would stand before the number or the letter that is typed next, and spoil it. */
function isNoKey(text: string): boolean {
  return text.length === 1 && unprintable.test(text) && !controlKeys.has(text);
}

/** A paste answers no menu, marked or not: Inquirer would search for its letters and take its Enter. */
function toKeys(part: Part, keys: PassThrough): void {
  if (part.kind === 'keys') {
    if (!isNoKey(part.text)) keys.write(part.text);
    return;
  }
  if (!part.marked && shortAnswer.test(part.text)) keys.write(part.text.replace(/\n+$/, '\r'));
}

/** The Enter of a paste takes no choice: nobody has seen yet what the text finds. */
function toSearch(part: Part, keys: PassThrough): void {
  const text = part.kind === 'keys' ? part.text : part.text.replace(/\n+$/, '');
  if (part.kind === 'keys' || (!unprintable.test(text) && text.length < longLine)) keys.write(text);
}

/**
 * A question for text: several lines in one go are an answer as a whole, and never pass over the screen.
 *
 * @param hides whether a line is not shown as it is: no part of it passes either, as each of its characters would
 */
async function askText(keyboard: Keyboard, ask: (keys: PassThrough, signal: AbortSignal) => Promise<string>, hides: (line: string) => boolean = () => false): Promise<string> {
  const whole = new AbortController();
  let pasted: string | null = null;
  const take = (part: Part, keys: PassThrough): void => {
    const line = part.text.replace(/\n+$/, '');
    if (part.kind === 'paste' && (unprintable.test(line) || line.length >= longLine || hides(line))) pasted = part.text;
    else if (part.text.includes('\0')) pasted = part.text;
    else keys.write(part.kind === 'keys' ? part.text : line + (line === part.text ? '' : '\r'));
    if (pasted !== null) whole.abort();
  };
  return await keyboard.during(take, async (keys, stop) => {
    try {
      return await ask(keys, AbortSignal.any([stop, whole.signal]));
    } catch (error) {
      if (pasted === null) throw error;
      return pasted;
    }
  });
}

/** Takes the terminal until {@link Prompts.close}. Like Inquirer's colours, its signs are by the environment of the process. */
function openPrompts(): Prompts {
  const output = process.stdout;
  const { ofAll: theme, ofLists } = promptTheme(process.env);
  const keyboard = openKeyboard(process.stdin, output);
  return {
    async select({ message, choices, ...rest }) {
      const { select } = await inquirer();
      const config = { message, choices, ...rest, pageSize: 12, loop: false, theme: { ...ofLists, indexMode: 'number' as const } };
      return await keyboard.during(toKeys, (keys, signal) => select(config, { input: keys, output, signal }));
    },
    async search({ message, choices }) {
      const { search } = await inquirer();
      const config = { message, source: (term: string | undefined) => choices(term ?? ''), pageSize: 10, theme: ofLists };
      return await keyboard.during(toSearch, (keys, signal) => search(config, { input: keys, output, signal }));
    },
    async input({ message, default: defaultValue, shown }) {
      const { input } = await inquirer();
      const config = { message, theme, ...(defaultValue === undefined ? {} : { default: defaultValue }), ...(shown === undefined ? {} : { transformer: shown }) };
      return await askText(keyboard, (keys, signal) => input(config, { input: keys, output, signal }), (line) => shown !== undefined && shown(line) !== line);
    },
    async password({ message }) {
      const { password } = await inquirer();
      return await askText(keyboard, (keys, signal) => password({ message, mask: '*', theme }, { input: keys, output, signal }));
    },
    async confirm(init) {
      const { confirm } = await inquirer();
      return await keyboard.during(toKeys, (keys, signal) => confirm({ ...init, theme }, { input: keys, output, signal }));
    },
    busy: (work) => keyboard.busy(work),
    close: () => keyboard.close(),
  };
}

/** Takes the terminal while `ask` runs, and gives it back however that ends. */
export async function withPrompts<Result>(ask: (prompts: Prompts) => Promise<Result>): Promise<Result> {
  const prompts = openPrompts();
  try {
    return await ask(prompts);
  } finally {
    await prompts.close();
  }
}

type InitOf<Name extends 'input' | 'confirm'> = Parameters<Prompts[Name]>[0];

/** One question alone. For several use {@link withPrompts}, so that nothing is echoed between them. */
export const input = (init: InitOf<'input'>): Promise<string> => withPrompts((prompts) => prompts.input(init));

/** One question alone. */
export const confirm = (init: InitOf<'confirm'>): Promise<boolean> => withPrompts((prompts) => prompts.confirm(init));
