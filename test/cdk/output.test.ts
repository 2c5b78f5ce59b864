import { Readable, Writable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { forwardOutput } from '../../scripts/cdk/output';
import { withoutClosingLines } from '../../scripts/cdk/closing-lines';
import { startChild } from '../../scripts/process/spawn';
import { forgetSecrets, registerSecret } from '../../scripts/secrets/registry';
import { Kept } from './project';

afterEach(() => forgetSecrets());

function node(code: string): ReturnType<typeof startChild> {
  return startChild({ file: process.execPath, args: ['-e', code], cwd: __dirname, env: { PATH: process.env['PATH'] ?? '' }, stdio: ['ignore', 'pipe', 'pipe'] });
}

describe('forwarded output', () => {
  test('is whole, redacted, and apart', async () => {
    registerSecret('a-secret-of-some-length');
    const [stdout, stderr] = [new Kept(), new Kept()];
    const child = node("process.stdout.write('out a-secret-of-'); setImmediate(() => process.stdout.write('some-length end')); process.stderr.write('err ' + Buffer.from('a-secret-of-some-length').toString('hex'));");
    await forwardOutput(child.process, { kind: 'streams', stdout, stderr });
    await child.ended;
    expect([stdout.text, stderr.text]).toEqual(['out [redacted] end', 'err [redacted]']);
  });

  test('does not hold a child up when nobody reads any more', async () => {
    const broken = new Writable({ write: (_chunk, _encoding, done) => done(new Error('EPIPE')) });
    broken.on('error', () => undefined);
    const child = node("process.stdout.write('x'.repeat(3_000_000))");
    await Promise.all([forwardOutput(child.process, { kind: 'streams', stdout: broken, stderr: new Kept() }), child.ended]);
    expect(await child.ended).toEqual({ kind: 'exited', code: 0 });
  });
});

describe('CDK\'s last words of a synthesis', () => {
  test.each([
    ['one\nContext lookups have been disabled. Make sure x\ntwo\n', 'one\ntwo\n'],
    ['\u001B[31mContext lookups have been disabled. Make sure x\u001B[39m\n', ''],
    ['Context lookups have been disabled. no newline', ''],
    ['\u001B[32mSuccessfully synthesized to \u001B[34m/a/b\u001B[39m\u001B[39m\nSupply a stack id (A, B) to display its template.\nend', 'end'],
    ['no newline', 'no newline'],
    ['said: Context lookups have been disabled.\n', 'said: Context lookups have been disabled.\n'],
  ])('%j becomes %j', async (given, expected) => {
    const bytes = Buffer.from(given);
    expect(await text(Readable.from([bytes.subarray(0, 5), bytes.subarray(5)]).pipe(withoutClosingLines()))).toBe(expected);
  });
});
