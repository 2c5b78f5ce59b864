/** Where something stands in bytes: from `start` up to, not including, `end`. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** Byte sequences that are searched for all at once. */
export interface Needles {
  /** In bytes; 0 where there are none. */
  readonly longest: number;
  /** Every place where one of them stands in `text`, those that overlap included. */
  placesIn(text: Uint8Array): Span[];
  /** Where the longest end of `text` begins that one of them may go on from; the length of `text` where there is none. */
  beginningIn(text: Uint8Array): number;
}

/** In bytes. Three are few enough for the shortest needle, and hardly any text has the three of a needle by chance. */
const blockLength = 3;

/** Two blocks with the same hash only cost a comparison. */
function hash(text: Uint8Array, at: number): number {
  return (((text[at] ?? 0) << 10) ^ ((text[at + 1] ?? 0) << 5) ^ (text[at + 2] ?? 0)) & 0xffff;
}

function pair(text: Uint8Array, at: number): number {
  return ((text[at] ?? 0) << 8) | (text[at + 1] ?? 0);
}

function standsAt(needle: Uint8Array, text: Uint8Array, at: number, length: number): boolean {
  for (let index = 0; index < length; index++) if (needle[index] !== text[at + index]) return false;
  return true;
}

/** How far a search may go on from each block, and which needles may end their common length with it. */
function blockTable(needles: readonly Uint8Array[], common: number): { readonly shifts: Uint8Array; readonly ending: ReadonlyMap<number, Uint8Array[]> } {
  const farthest = common - blockLength + 1;
  const shifts = new Uint8Array(0x10000).fill(Math.min(farthest, 255));
  const ending = new Map<number, Uint8Array[]>();
  for (const needle of needles) {
    for (let at = 0; at < farthest; at++) {
      const block = hash(needle, at);
      shifts[block] = Math.min(shifts[block] ?? 0, farthest - 1 - at);
    }
    const last = hash(needle, farthest - 1);
    ending.set(last, [...(ending.get(last) ?? []), needle]);
  }
  return { shifts, ending };
}

function places(text: Uint8Array, common: number, { shifts, ending }: ReturnType<typeof blockTable>): Span[] {
  const found: Span[] = [];
  const toBlock = common - blockLength;
  for (let at = 0; at + common <= text.length;) {
    const block = hash(text, at + toBlock);
    const shift = shifts[block] ?? 1;
    if (shift === 0) {
      for (const needle of ending.get(block) ?? []) {
        if (at + needle.length <= text.length && standsAt(needle, text, at, needle.length)) found.push({ start: at, end: at + needle.length });
      }
    }
    at += shift || 1;
  }
  return found;
}

/**
 * Makes a search for many byte sequences in one pass: Wu and Manber's (A fast algorithm for multi-pattern searching,
 * TR-94-17). It looks at every fourteenth place or so, however many they are, where the shortest has sixteen bytes.
 *
 * @param needles each of three bytes or more
 */
export function needlesOf(needles: readonly Uint8Array[]): Needles {
  const longest = Math.max(0, ...needles.map(({ length }) => length));
  const common = Math.min(...needles.map(({ length }) => length));
  const table = needles.length === 0 ? null : blockTable(needles, common);
  const byFirst: Uint8Array[][] = Array.from({ length: 256 }, () => []);
  const begin = new Uint8Array(0x10000); // 1 for the two bytes that a needle begins with
  for (const needle of needles) {
    byFirst[needle[0] ?? 0]?.push(needle);
    begin[pair(needle, 0)] = 1;
  }
  return {
    longest,
    placesIn: (text) => (table === null ? [] : places(text, common, table)),
    beginningIn(text) {
      for (let at = Math.max(0, text.length - longest + 1); at < text.length; at++) {
        const length = text.length - at;
        if (length > 1 && begin[pair(text, at)] === 0) continue;
        for (const needle of byFirst[text[at] ?? 0] ?? []) if (needle.length > length && standsAt(needle, text, at, length)) return at;
      }
      return text.length;
    },
  };
}
