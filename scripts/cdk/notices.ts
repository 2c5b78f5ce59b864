import { stripVTControlCharacters } from 'node:util';
import { Transform } from 'node:stream';

/**
 * Lines of CDK's that are no news to the reader: lookups are made next, and the folder of the run is published or
 * deleted by its end.
 */
const notices = [
  /^\s*(?:❌\s*)?Context lookups have been disabled\./,
  /^Successfully synthesized to \S/,
  /^Supply a stack id \(.*\) to display its template\.$/,
];

function kept(line: string): boolean {
  const text = stripVTControlCharacters(line);
  return !notices.some((notice) => notice.test(text));
}

/** Drops the lines with which CDK ends a synthesis, where what they say will not be true. */
export function withoutNotices(): Transform {
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
