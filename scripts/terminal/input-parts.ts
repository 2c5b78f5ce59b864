/** A piece of what a terminal sends: keys as they are, or text that came in one go. */
export type Part =
  | { readonly kind: 'keys'; readonly text: string }
  /** Line ends are `\n`. A paste that a terminal marked as one, or a burst of characters where it does not. */
  | { readonly kind: 'paste'; readonly text: string; readonly marked: boolean };

const escape = '\u001b';
const pasteStart = '\u001b[200~';
const pasteEnd = '\u001b[201~';

/** Arrow keys, Home, Delete and the like, and Enter after them. */
const onlyKeys = new RegExp(String.raw`^(?:${escape}(?:\[[0-9;]*[A-Za-z~]|O[A-Za-z]))+\r?$`);

const sequence = new RegExp(String.raw`${escape}(?:\[[0-9;]*[A-Za-z~]|O[A-Za-z])`, 'g');

/** Arrows, Home and End, with Shift or Ctrl too; Insert, Delete, Page Up and Page Down. */
const knownSequence = new RegExp(String.raw`^${escape}(?:\[(?:1;\d)?[A-DFH]|O[A-DFH]|\[\d~)$`);

/** Of another sequence readline would take the end for text: `\e[999;999H` leaves `99H` in the answer. */
function withoutUnknown(keys: string): string {
  return keys.replaceAll(sequence, (key) => (knownSequence.test(key) ? key : ''));
}

/** Sorts the chunks of a terminal into {@link Part}s. A person's key is one character, or one escape sequence. */
export interface InputSorter {
  /** What of `chunk`, and of what was held before it, is complete. */
  add(chunk: string): Part[];
  /** Whether something is held: a burst that may go on, or a marked paste whose end has not come. */
  holds(): 'nothing' | 'burst' | 'marked-paste';
  /** The terminal is silent: what was a burst is complete. */
  settle(): Part[];
}

/** Keys of line editing: Backspace, Delete, arrows, Home, End, Ctrl-A, -B, -E, -F, -K, -U and -W. */
const editing = new RegExp(String.raw`${escape}(?:\[[0-9;]*[A-DFH~]|O[A-DFH])|[\u007f\b\u0001\u0002\u0005\u0006\u000b\u0015\u0017]`, 'g');

/** Whether a burst is typing that came late, over a slow line: it edits, and has no further control character before its Enter. */
function isTyping(text: string): boolean {
  const rest = text.replaceAll(editing, '');
  return rest !== text && !/\p{Cc}/u.test(rest.replace(/[\r\n]+$/, ''));
}

function lines(text: string): string {
  return text.replaceAll(/\r\n?/g, '\n');
}

function burst(text: string): Part[] {
  if (text === '') return [];
  const typing = isTyping(text);
  if (!typing && text.length > 1 && !onlyKeys.test(text)) return [{ kind: 'paste', text: lines(text), marked: false }];
  const keys = withoutUnknown(typing ? text.replace(/[\r\n]+$/, '\r') : text);
  return keys === '' ? [] : [{ kind: 'keys', text: keys }];
}

/** One for each terminal: it remembers what is not complete yet. */
export function inputSorter(): InputSorter {
  let held = '';
  const marked = (): boolean => held.includes(pasteStart);
  const takeMarked = (): Part[] => {
    const parts: Part[] = [];
    for (let start = held.indexOf(pasteStart); start !== -1; start = held.indexOf(pasteStart)) {
      const end = held.indexOf(pasteEnd, start);
      if (end === -1) break;
      parts.push(...burst(held.slice(0, start)), { kind: 'paste', text: lines(held.slice(start + pasteStart.length, end)), marked: true });
      held = held.slice(end + pasteEnd.length);
    }
    return parts;
  };
  return {
    add(chunk) {
      const alone = held === '';
      held += chunk;
      const parts = takeMarked();
      if (marked() || (!alone && parts.length === 0) || held === escape || (held.length > 1 && !onlyKeys.test(held))) return parts;
      const rest = burst(held);
      held = '';
      return [...parts, ...rest];
    },
    holds: () => (held === '' ? 'nothing' : marked() ? 'marked-paste' : 'burst'),
    settle() {
      if (marked()) return [];
      const rest = burst(held);
      held = '';
      return rest;
    },
  };
}
