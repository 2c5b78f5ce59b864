import { stripVTControlCharacters } from 'node:util';
import { Transform } from 'node:stream';

const notice = /^\s*(?:❌\s*)?Context lookups have been disabled\./;

function kept(line: string): boolean {
  return !notice.test(stripVTControlCharacters(line));
}

/** Drops the line with which CDK ends a synthesis that needs lookups: they are made next, so it is no error. */
export function withoutLookupNotice(): Transform {
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
