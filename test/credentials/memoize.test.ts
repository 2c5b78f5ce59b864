import { memoize } from '../../scripts/credentials/memoize';
import type { Credentials } from '../../scripts/credentials/source';

function counting(lifetimes: readonly (number | null)[]): { readonly clock: { now: number }; readonly provider: () => Promise<Credentials>; readonly asked: () => number } {
  const clock = { now: 0 };
  let asked = 0;
  const provider = memoize(async () => {
    const lifetime = lifetimes[asked++] ?? null;
    return { accessKeyId: `key-${asked}`, secretAccessKey: 's', ...(lifetime === null ? {} : { expiration: new Date(clock.now + lifetime) }) };
  }, () => clock.now);
  return { clock, provider, asked: () => asked };
}

test('what has no end is asked for once', async () => {
  const { clock, provider, asked } = counting([null]);
  await provider();
  clock.now = 1e12;
  await provider();
  expect(asked()).toBe(1);
});

test('a session is made new five minutes before it ends, once for all who ask', async () => {
  const { clock, provider, asked } = counting([3_600_000, 3_600_000]);
  await provider();
  clock.now = 3_300_000 - 1;
  await provider();
  expect(asked()).toBe(1);
  clock.now = 3_300_000;
  const [one, two] = await Promise.all([provider(), provider()]);
  expect([asked(), one.accessKeyId, two.accessKeyId]).toEqual([2, 'key-2', 'key-2']);
});

test('a clock that jumps ahead past its end has a session made new, and one that jumps back leaves it as it is', async () => {
  const { clock, provider, asked } = counting([3_600_000, 3_600_000]);
  await provider();
  clock.now = 86_400_000;
  expect(await provider()).toMatchObject({ accessKeyId: 'key-2' });
  clock.now = 0;
  expect(await provider()).toMatchObject({ accessKeyId: 'key-2' });
  expect(asked()).toBe(2);
});

test('a failure is not kept', async () => {
  let fails = true;
  const provider = memoize(async () => {
    if (fails) throw new Error('once');
    return { accessKeyId: 'a', secretAccessKey: 's' };
  });
  await expect(provider()).rejects.toThrow('once');
  fails = false;
  await expect(provider()).resolves.toMatchObject({ accessKeyId: 'a' });
});
