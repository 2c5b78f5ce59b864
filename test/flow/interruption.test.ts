import { EventEmitter, once } from 'node:events';
import { interruptedBy, watchSignals, type Interruption } from '../../scripts/flow/interruption';
import type { InterruptingSignal } from '../../scripts/process/interruptions';

const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
let watch: Interruption;

beforeEach(() => { watch = watchSignals(); });

afterEach(() => { watch.stop(); });

test.each<[InterruptingSignal, number]>([['SIGINT', 130], ['SIGTERM', 143], ['SIGHUP', 129]])('%s ends the run with %d', async (signal, exitCode) => {
  process.emit(signal);
  await expect(watch.happened).rejects.toMatchObject({ code: 'INTERRUPTED', exitCode, message: `Interrupted (${signal}).` });
});

test('the first of several signals counts', async () => {
  process.emit('SIGTERM');
  process.emit('SIGINT');
  await expect(watch.happened).rejects.toMatchObject({ exitCode: 143 });
});

test('while CDK runs the signals are its own, also where two run at once', async () => {
  const cdk = new EventEmitter();
  const first = watch.leaveTo(() => once(cdk, 'end'));
  await expect(watch.leaveTo(() => Promise.reject(new Error('ended')))).rejects.toThrow('ended');
  process.emit('SIGINT');
  cdk.emit('end');
  await first;
  expect(await Promise.race([watch.happened, Promise.resolve('not interrupted')])).toBe('not interrupted');
  process.emit('SIGTERM');
  await expect(watch.happened).rejects.toEqual(interruptedBy('SIGTERM'));
});

test('what the work yields is passed on', async () => {
  expect(await watch.leaveTo(() => Promise.resolve(42))).toBe(42);
});

test('stopped, it leaves no listener behind', () => {
  const before = signals.map((signal) => process.listenerCount(signal));
  const other = watchSignals();
  other.stop();
  expect(signals.map((signal) => process.listenerCount(signal))).toEqual(before);
});
