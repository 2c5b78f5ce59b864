import { Transform } from 'node:stream';
import { marked, registeredNeedles, secretsIn } from './redact';

/** How many bytes are kept at most: the line breaks and colours that follow the beginning of a secret have no end of their own. */
function mostKept(): number {
  return 4 * registeredNeedles().longest + 4096;
}

/**
 * A stream that redacts bytes by value, across chunk borders. It holds back only what could be the beginning of a
 * secret, so that a line appears when it is written.
 */
export function redactingStream(): Transform {
  let kept: Buffer = Buffer.alloc(0);
  let written = 0; // of what is kept
  return new Transform({
    transform(chunk: Buffer, _encoding, done) {
      const bytes = kept.length === 0 ? chunk : Buffer.concat([kept, chunk]);
      const { whole, begun } = secretsIn(bytes);
      const end = begun?.start ?? bytes.length;
      // One that is whole is held as well where another begins in it.
      const divided = whole.find((secret) => secret.start < end && secret.end > end);
      const ready = Math.max(written, divided?.start ?? end);
      const from = Math.min(ready, begun?.first ?? ready, divided?.first ?? ready);
      const isTooMuch = bytes.length - from > mostKept();
      const until = isTooMuch ? bytes.length : ready;
      const output = marked(bytes, whole, written, until);
      kept = isTooMuch ? Buffer.alloc(0) : Buffer.from(bytes.subarray(from));
      written = isTooMuch ? 0 : until - from;
      done(null, output);
    },
    flush(done) {
      done(null, marked(kept, secretsIn(kept).whole, written));
    },
  });
}
