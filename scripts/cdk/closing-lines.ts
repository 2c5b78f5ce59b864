import { stripVTControlCharacters } from 'node:util';
import { Transform } from 'node:stream';

/**
 * What CDK says at the end of a synthesis and will not be true: that lookups are not made, which are made next, and where
 * the assembly is, which is moved or deleted.
 */
const closingLines = [
  /^\s*(?:❌\s*)?Context lookups have been disabled\./,
  /^Successfully synthesized to \S/,
  /^Supply a stack id \(.*\) to display its template\.$/,
];

function kept(line: string): boolean {
  const text = stripVTControlCharacters(line);
  return !closingLines.some((pattern) => pattern.test(text));
}

/** A stream without those lines; all others pass. */
export function withoutClosingLines(): Transform {
  const decoder = new TextDecoder();
  let held = '';
  return new Transform({
    transform(chunk: Buffer, _encoding, done) {
      const lines = (held + decoder.decode(chunk, { stream: true })).split('\n');
      held = lines.pop() ?? '';
      done(null, lines.filter(kept).map((line) => `${line}\n`).join(''));
    },
    flush(done) {
      done(null, kept(held) ? held : '');
    },
  });
}
