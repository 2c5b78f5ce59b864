import type { Canary } from './canaries';
import { needlesOf, type Needle } from './transforms';

export interface Hit {
  readonly channel: string;
  /** Which part of the channel: a file, a stream. */
  readonly place: string;
  readonly canary: string;
  readonly transform: string;
}

export interface Observed {
  readonly channel: string;
  readonly place: string;
  readonly bytes: Buffer;
}

const colour = `${String.fromCodePoint(0x1b)}${String.raw`\[[0-9;?]*[ -/]*[@-~]`}`;

/** What can stand in the middle of a text that is shown: colours, line ends with the indentation of the next line, and those of JSON. */
const interleaved = new RegExp(`(?:[\\r\\n]+|\\\\{1,8}[nr])(?:[ \\t]|${colour})*|${colour}`, 'g');

/** The same without them: what was split over lines, or written with colours between, stands together. */
function joined(bytes: Buffer): Buffer {
  return Buffer.from(bytes.toString('latin1').replaceAll(interleaved, ''), 'latin1');
}

function isWord(byte: number | undefined): boolean {
  return byte !== undefined && /[\w.:-]/.test(String.fromCodePoint(byte));
}

/** Six digits stand in many numbers: only on their own are they a code. */
function isAlone(bytes: Buffer, at: number, length: number): boolean {
  return !isWord(bytes[at - 1]) && !isWord(bytes[at + length]);
}

function holds(bytes: Buffer, { text, canary }: Needle): boolean {
  const needle = Buffer.from(text, 'latin1');
  for (let at = bytes.indexOf(needle); at !== -1; at = bytes.indexOf(needle, at + 1)) {
    if (canary.value.length > 6 || isAlone(bytes, at, needle.length)) return true;
  }
  return false;
}

/** Every canary in every transform in everything observed. */
export function search(observed: readonly Observed[], canaries: readonly Canary[]): Hit[] {
  const needles = needlesOf(canaries);
  return observed.flatMap(({ channel, place, bytes }) => {
    const views = [bytes, joined(bytes)];
    return needles.filter((needle) => views.some((view) => holds(view, needle)))
      .map(({ canary, transform }) => ({ channel, place, canary: canary.name, transform }));
  });
}
