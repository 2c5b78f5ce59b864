import { Writable } from 'node:stream';
import { outliveReader } from '../../scripts/process/lost-output';

/** A stream that takes `whole` writes, and then fails with `code`. */
function failing(code: string, whole: number): { readonly stream: Writable; readonly taken: string[] } {
  const taken: string[] = [];
  const stream = new Writable({
    autoDestroy: false, // as standard output is
    write(chunk: Buffer, _encoding, done) {
      if (taken.length === whole) return done(Object.assign(new Error(code), { code }));
      taken.push(chunk.toString());
      done();
    },
  });
  return { stream, taken };
}

test.each(['EPIPE', 'ENOSPC', 'EIO'])('after %s nothing is thrown, it is told once, and each write still settles', async (code) => {
  const { stream, taken } = failing(code, 1);
  const lost: string[] = [];
  outliveReader(stream, (why) => lost.push(why));
  for (const text of ['one', 'two', 'three', 'four']) await new Promise((settled) => { stream.write(text, settled); });
  expect(taken).toEqual(['one']);
  expect(lost).toEqual([code]);
});
