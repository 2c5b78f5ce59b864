import { shortestSecret } from './encodings';
import { isLineBreak } from './gaps';
import { legibleIn, unwrapped } from './legible';
import { needlesOf, type Needles, type Span } from './needles';
import { registeredForms, registryVersion } from './registry';

export const redactedMark = '[redacted]';

/**
 * Of a secret that line breaks divide, a beginning of fewer bytes than this that a line ends with stays: else every
 * line that ends with what some secret begins with would wait for the next.
 */
const tellsNothing = 8;

let needles: Needles = needlesOf([]);
let needlesFor = -1;

/**
 * How `form` can stand where lines are unwrapped: behind a backslash its first letter is taken for that of a line break
 * or a tab of JSON, and a backslash that it begins with for the beginning of one, where a chunk ends with it.
 */
function unwrappedForms(form: string): string[] {
  const text = unwrapped(form);
  return /^[nrt\\]/.test(text) ? [text, text.slice(1)] : [text];
}

/** What is searched for: every form of every registered secret, as it stands where lines are unwrapped. */
export function registeredNeedles(): Needles {
  if (needlesFor === registryVersion()) return needles;
  needlesFor = registryVersion();
  needles = needlesOf(registeredForms().flatMap(unwrappedForms).map((form) => Buffer.from(form)));
  return needles;
}

/** A secret in bytes. */
export interface Secret extends Span {
  /** Where its first byte is: before `start` where a beginning of it stays. */
  readonly first: number;
}

/** Where what is to be redacted begins, of a secret whose bytes begin at `from(index)`. */
function startOf(bytes: Buffer, from: (index: number) => number, index: number, end: number): number {
  for (let count = tellsNothing - 1; count > 0; count--) {
    const last = Math.min(from(index + count), end);
    for (let at = last - 1; at > from(index + count - 1); at--) if (isLineBreak(bytes[at] ?? 0)) return at + 1;
  }
  return from(index);
}

/** `secrets` in order, those that overlap put together. */
function united(secrets: readonly Secret[]): Secret[] {
  const all: Secret[] = [];
  for (const { first, start, end } of secrets.toSorted((a, b) => a.start - b.start)) {
    const before = all.at(-1);
    if (before === undefined || before.end <= start) all.push({ first, start, end });
    else all[all.length - 1] = { first: Math.min(before.first, first), start: before.start, end: Math.max(before.end, end) };
  }
  return all;
}

/** What of `bytes` is secret, and the beginning of a secret with which they may end. */
export function secretsIn(bytes: Buffer): { readonly whole: readonly Secret[]; readonly begun: Secret | null } {
  const needles = registeredNeedles();
  const end = bytes.length;
  const whole: Secret[] = [];
  const begun: Secret[] = [];
  for (const legible of legibleIn(bytes)) {
    const { from } = legible;
    for (const place of needles.placesIn(legible.bytes)) {
      const behind = from(place.end - 1) + 1;
      whole.push({ first: from(place.start), start: startOf(bytes, from, place.start, behind), end: behind });
    }
    const beginning = needles.beginningIn(legible.bytes);
    if (beginning < legible.bytes.length) begun.push({ first: from(beginning), start: startOf(bytes, from, beginning, end), end });
  }
  const first = Math.min(...begun.map((secret) => secret.first));
  const start = Math.min(...begun.map((secret) => secret.start));
  return { whole: united(whole), begun: begun.length === 0 ? null : { first, start, end } };
}

/** What stands for a secret: the mark, its line breaks, and the end of its colours. */
function markFor(secret: Uint8Array): string {
  const breaks = Buffer.from(secret.filter(isLineBreak)).toString();
  return `${redactedMark}${secret.includes(0x1b) ? '\u001B[0m' : ''}${breaks}`;
}

/** The bytes from `from` up to `to` with a mark in the place of each of `secrets` there. */
export function marked(bytes: Uint8Array, secrets: readonly Secret[], from = 0, to = bytes.length): Buffer {
  const parts: Uint8Array[] = [];
  let at = from;
  for (const { start, end } of secrets.filter((secret) => secret.end > from && secret.end <= to)) {
    parts.push(bytes.subarray(at, Math.max(start, at)), Buffer.from(markFor(bytes.subarray(start, end))));
    at = end;
  }
  return Buffer.concat([...parts, bytes.subarray(at, to)]);
}

/** `bytes` with every form of every registered secret replaced by `[redacted]`; the same where there is none. */
export function redactBytes(bytes: Buffer): Buffer {
  const { whole } = secretsIn(bytes);
  return whole.length === 0 ? bytes : marked(bytes, whole);
}

/**
 * `text` with every form of every registered secret replaced by `[redacted]`, also where line breaks or escape
 * sequences divide it. Other text stays as it is.
 */
export function redact(text: string): string {
  if (text.length < shortestSecret) return text;
  const bytes = Buffer.from(text);
  const redacted = redactBytes(bytes);
  return redacted === bytes ? text : redacted.toString();
}
