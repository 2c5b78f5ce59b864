import { Transform } from 'node:stream';
import { registeredForms, registryVersion } from './registry';

export const redactedMark = '[redacted]';

let pattern: RegExp | null = null;
let patternFor = -1;
let longest = 0;

function compile(): RegExp | null {
  if (patternFor === registryVersion()) return pattern;
  patternFor = registryVersion();
  const forms = registeredForms();
  longest = forms[0]?.length ?? 0;
  const escaped = forms.map((form) => form.replace(/[\\^$.*+?()[\]{}|]/g, String.raw`\$&`));
  pattern = escaped.length === 0 ? null : new RegExp(escaped.join('|'), 'g');
  return pattern;
}

/** `text` with every form of every registered secret replaced by `[redacted]`. */
export function redact(text: string): string {
  const secrets = compile();
  return secrets === null ? text : text.replace(secrets, redactedMark);
}

/** How many characters at the end of `text` could be the beginning of a secret. */
function pending(text: string): number {
  compile();
  const forms = registeredForms();
  for (let length = Math.min(longest - 1, text.length); length > 0; length--) {
    const tail = text.slice(-length);
    if (forms.some((form) => form.length > length && form.startsWith(tail))) return length;
  }
  return 0;
}

/**
 * Up to where `text` can be redacted and written: before what could be the beginning of a secret. One that is whole
 * already is held as well where a longer one begins with it, and none is cut where another could begin inside it.
 */
function readyUntil(text: string): number {
  const end = text.length - pending(text);
  for (const match of text.matchAll(compile() ?? /$^/g)) {
    if (match.index < end && match.index + match[0].length > end) return match.index;
  }
  return end;
}

/**
 * A stream that redacts UTF-8 text by value, across chunk borders. It holds back only what could be the
 * beginning of a secret, so that a line appears when it is written.
 */
export function redactingStream(): Transform {
  const decoder = new TextDecoder();
  let held = '';
  return new Transform({
    transform(chunk: Buffer, _encoding, done) {
      const text = held + decoder.decode(chunk, { stream: true });
      const end = readyUntil(text);
      held = text.slice(end);
      done(null, redact(text.slice(0, end)));
    },
    flush(done) {
      done(null, redact(held + decoder.decode()));
    },
  });
}
