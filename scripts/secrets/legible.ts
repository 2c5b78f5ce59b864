/** Bytes as they are read: without what wraps lines, and where they are shown on a terminal without escape sequences. */
export interface Legible {
  readonly bytes: Uint8Array;
  /** Where byte `index` stood in all of them; their length where it stood nowhere. */
  readonly from: (index: number) => number;
}

const [escape, bell] = ['\u001B', '\u0007'];

const lineBreak = /[\r\n]+/g;

/** A line break with what indents the next line. */
const wrap = /[\r\n]+[ \t]*/g;

/** Also one that JSON writes as `\n`, and JSON inside of JSON with more backslashes. The end may cut it off. */
const lineEnd = String.raw`(?:[\r\n]+|\\{1,8}(?:[nr]|$))`;

const writtenWrap = new RegExp(String.raw`${lineEnd}[ \t]*`, 'g');

/** Colours and other control sequences, links and other commands, choices of characters. ECMA-48, sections 5.4 and 8.3.89 */
const sequences = [String.raw`\[[ -?]*[@-~]`, String.raw`\][^${bell}${escape}\r\n]*(?:${bell}|${escape}\\)`, String.raw`[()][^]`];

/** The same where the end cuts them off: what follows may end them. */
const cutSequences = [String.raw`\[[ -?]*$`, String.raw`\][^${bell}${escape}\r\n]*${escape}?$`, '[()]?$'];

const shownAsNothing = String.raw`${escape}(?:${[...sequences, ...cutSequences].join('|')})?`;

const hidden = new RegExp(String.raw`[\r\n]+(?:[ \t]|${shownAsNothing})*|${shownAsNothing}`, 'g');

const writtenHidden = new RegExp(String.raw`${lineEnd}(?:[ \t]|${shownAsNothing})*|${shownAsNothing}`, 'g');

export function isLineBreak(byte: number): boolean {
  return byte === 0x0a || byte === 0x0d;
}

/** A run of characters that stayed together: where it begins in what was kept of a text, and where in the text. */
type Run = readonly [kept: number, all: number];

/** What of `text` is kept from `start` on. */
function runsIn(text: string, gap: RegExp, start: number): readonly [runs: readonly Run[], kept: number] {
  const runs: Run[] = [[0, start]];
  let [kept, at] = [0, start];
  gap.lastIndex = start;
  for (let match = gap.exec(text); match !== null; match = gap.exec(text)) {
    kept += match.index - at;
    at = match.index + match[0].length;
    runs.push([kept, at]);
  }
  return [runs, kept + text.length - at];
}

function lookUp(runs: readonly Run[], index: number): number {
  let [low, high] = [0, runs.length - 1];
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((runs[middle]?.[0] ?? 0) <= index) low = middle;
    else high = middle - 1;
  }
  const [kept, all] = runs[low] ?? [0, 0];
  return all + index - kept;
}

/** About how much of the end is looked at first to find where something stood: nothing more is asked for most often. */
const tailLength = 4096;

/** `text`, bytes as latin1, without its gaps. Where the rest stood is worked out when it is asked for. */
function without(text: string, gap: RegExp, kept = text.replace(gap, '')): Legible {
  const bytes = Buffer.from(kept, 'latin1');
  let tail: ReturnType<typeof runsIn> | null = null;
  let all: ReturnType<typeof runsIn> | null = null;
  const from = (index: number): number => {
    // At a line break no sequence goes on that began before it.
    tail ??= runsIn(text, gap, Math.max(0, text.lastIndexOf('\n', text.length - tailLength)));
    const before = bytes.length - tail[1];
    if (index >= before) return lookUp(tail[0], index - before);
    all ??= runsIn(text, gap, 0);
    return lookUp(all[0], index);
  };
  return { bytes, from: (index) => (index < bytes.length ? from(index) : text.length) };
}

/** `text` as it is searched for in what has been unwrapped. */
export function unwrapped(text: string): string {
  return text.replace(writtenWrap, '').replace(/^[ \t]+/, '');
}

/** What is read in `bytes` by who joins the lines, those that are not indented: twice as fast, for what is searched in files. */
export function joined(bytes: Buffer): Legible {
  if (!bytes.includes('\n') && !bytes.includes('\r')) return { bytes, from: (index) => Math.min(index, bytes.length) };
  const text = bytes.toString('latin1');
  return without(text, lineBreak, text.replaceAll('\n', '').replaceAll('\r', ''));
}

/** What can be read in `bytes`: by who unwraps the lines, those of JSON too, and by who sees them on a terminal as well. */
export function legibleIn(bytes: Buffer): Legible[] {
  const text = bytes.toString('latin1');
  const hasBackslash = bytes.includes('\\'); // most have none, and are read sooner
  const lines = without(text, hasBackslash ? writtenWrap : wrap);
  return bytes.includes(escape) ? [lines, without(text, hasBackslash ? writtenHidden : hidden)] : [lines];
}
