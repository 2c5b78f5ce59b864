// Codes of characters.
const bell = 0x07;
const tab = 0x09;
const newline = 0x0a;
const carriageReturn = 0x0d;
const escape = 0x1b;
const blank = 0x20;
const leftParenthesis = 0x28;
const rightParenthesis = 0x29;
const leftBracket = 0x5b;
const backslash = 0x5c;
const rightBracket = 0x5d;
const [letterN, letterR, letterT] = [0x6e, 0x72, 0x74];

/** Where the gap that begins at `at` ends: bytes that a reader does not see as text. `at` where none begins. */
export type EndOfGap = (bytes: Uint8Array, at: number) => number;

/** How many backslashes JSON puts before the letter of a line break or a tab: eight where it stands in JSON in JSON in JSON. */
const mostBackslashes = 8;

/** Whether `byte` is a line feed or a carriage return. */
export function isLineBreak(byte: number | undefined): boolean {
  return byte === newline || byte === carriageReturn;
}

/** Of line breaks alone. */
export const endOfLineBreak: EndOfGap = (bytes, at) => {
  let end = at;
  while (end < bytes.length && isLineBreak(bytes[end])) end++;
  return end;
};

function endOfBackslashes(bytes: Uint8Array, at: number): number {
  const most = Math.min(bytes.length, at + mostBackslashes);
  let end = at;
  while (end < most && bytes[end] === backslash) end++;
  return end;
}

/** Also of one that JSON writes as `\n`. The end of the bytes may cut it off. */
function endOfLineEnd(bytes: Uint8Array, at: number): number {
  if (bytes[at] !== backslash) return endOfLineBreak(bytes, at);
  const end = endOfBackslashes(bytes, at);
  if (end === bytes.length) return end;
  return bytes[end] === letterN || bytes[end] === letterR ? end + 1 : at;
}

/** Of blanks and tabs, those that JSON writes as `\t` too. */
function endOfIndent(bytes: Uint8Array, at: number): number {
  let end = at;
  while (end < bytes.length) {
    const letter = bytes[end] === backslash ? endOfBackslashes(bytes, end) : end;
    if (bytes[end] === blank || bytes[end] === tab) end++;
    else if (letter > end && bytes[letter] === letterT) end = letter + 1;
    else break;
  }
  return end;
}

/** Of what wraps a line: its end, and what indents the next. */
export const endOfWrap: EndOfGap = (bytes, at) => {
  const end = endOfLineEnd(bytes, at);
  return end === at ? at : endOfIndent(bytes, end);
};

/** Of parameters and intermediate bytes up to the final byte of a control sequence. ECMA-48, section 5.4 */
function endOfControlSequence(bytes: Uint8Array, at: number): number {
  for (let end = at + 2; end < bytes.length; end++) {
    const byte = bytes[end] ?? 0;
    if (byte < 0x20 || byte > 0x7e) return at + 1;
    if (byte > 0x3f) return end + 1;
  }
  return bytes.length;
}

/** Of a link, a title or another command. ECMA-48, section 8.3.89 */
function endOfCommand(bytes: Uint8Array, at: number): number {
  for (let end = at + 2; end < bytes.length; end++) {
    const byte = bytes[end];
    if (byte === bell) return end + 1;
    if (byte === escape && end + 1 === bytes.length) return end + 1;
    if (byte === escape) return bytes[end + 1] === backslash ? end + 2 : at + 1;
    if (isLineBreak(byte)) return at + 1;
  }
  return bytes.length;
}

/** Of what a terminal does not show: a sequence, also one that the end of the bytes cuts off, or ESC alone. */
function endOfSequence(bytes: Uint8Array, at: number): number {
  if (at + 1 >= bytes.length) return bytes.length;
  const kind = bytes[at + 1];
  if (kind === leftBracket) return endOfControlSequence(bytes, at);
  if (kind === rightBracket) return endOfCommand(bytes, at);
  if (kind !== leftParenthesis && kind !== rightParenthesis) return at + 1;
  const isCut = at + 2 >= bytes.length || isLineBreak(bytes[at + 2]);
  return isCut ? at + 2 : at + 3; // a choice of characters
}

/** Of what a terminal does not show, and of what wraps a line. */
export const endOfHidden: EndOfGap = (bytes, at) => {
  if (bytes[at] === escape) return endOfSequence(bytes, at);
  let end = endOfLineEnd(bytes, at);
  if (end === at) return at;
  while (end < bytes.length) {
    const next = bytes[end] === escape ? endOfSequence(bytes, end) : endOfIndent(bytes, end);
    if (next === end) break;
    end = next;
  }
  return end;
};
