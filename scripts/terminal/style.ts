import { inCi } from '../ci/in-ci';
import type { Environment } from '../process/environment';
import { jsonInAscii, spelledInAscii } from './spelling';

/** How text is set on one stream: colour by meaning, signs with an ASCII fallback, a width to wrap at. */
export interface Style {
  readonly good: (text: string) => string;
  readonly bad: (text: string) => string;
  readonly caution: (text: string) => string;
  readonly dim: (text: string) => string;
  readonly bold: (text: string) => string;
  /** Whether those five set colours and weights; else they change nothing. */
  readonly coloured: boolean;
  readonly sign: { readonly pass: string; readonly warn: string; readonly fail: string; readonly skip: string; readonly next: string };
  /** Our own words in the characters that the locale has. Whatever writes them passes them through it. */
  readonly spell: (text: string) => string;
  /** The same for JSON, whose values it leaves as they are. */
  readonly spellJson: (json: string) => string;
  /** What a spinner shows in turn; none where nothing may move: in a pipe, in CI, on a dumb terminal. */
  readonly frames: readonly string[];
  /** Columns to wrap at; `null` where lines are not wrapped: in a pipe, a log or a file. */
  readonly columns: number | null;
}

/** What is known of a stream, and the environment that speaks for its reader. */
export interface StyleInit {
  readonly isTerminal: boolean;
  /** Of the terminal; some say 0 where they do not know. */
  readonly columns: number | undefined;
  readonly environment: Environment;
}

const plain = (text: string): string => text;

const colour = (code: number, off: number) => (text: string): string => `\u001b[${code}m${text}\u001b[${off}m`;

/** Whether what is beyond ASCII can be shown. The console of Linux says UTF-8, and has few of its signs. */
export function isUtf8(environment: StyleInit['environment'], isTerminal: boolean): boolean {
  const locale = environment['LC_ALL'] || environment['LC_CTYPE'] || environment['LANG'] || '';
  return /utf-?8/i.test(locale) && !(isTerminal && environment['TERM'] === 'linux');
}

/**
 * Colour only on a terminal that has it and where NO_COLOR (https://no-color.org) is not set; what is beyond ASCII only
 * where the locale is UTF-8, and signs for words only on a terminal.
 */
export function styleFor({ isTerminal, columns, environment }: StyleInit): Style {
  const coloured = isTerminal && !environment['NO_COLOR'] && environment['TERM'] !== 'dumb';
  const utf8 = isUtf8(environment, isTerminal);
  const unicode = isTerminal && utf8;
  return {
    coloured,
    good: coloured ? colour(32, 39) : plain,
    bad: coloured ? colour(31, 39) : plain,
    caution: coloured ? colour(33, 39) : plain,
    dim: coloured ? colour(2, 22) : plain,
    bold: coloured ? colour(1, 22) : plain,
    sign: unicode
      ? { pass: '✔', warn: '▲', fail: '✖', skip: '–', next: '→' }
      : { pass: 'ok', warn: 'warning', fail: 'FAILED', skip: 'skipped', next: '->' },
    spell: utf8 ? plain : spelledInAscii,
    spellJson: utf8 ? plain : jsonInAscii,
    frames: isTerminal && environment['TERM'] !== 'dumb' && !inCi(environment) ? (unicode ? ['⠋', '⠙', '⠹', '⠸', '⠼', '⠴', '⠦', '⠧', '⠇', '⠏'] : ['|', '/', '-', '\\']) : [],
    columns: isTerminal ? Math.max(30, columns || 80) : null,
  };
}
