import { mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { choiceFile, keepChoice, readChoice } from '../../scripts/flow/exchange-choice';

let cache: string;

beforeEach(() => { cache = join(mkdtempSync(join(tmpdir(), 'takeoff-choice-')), '.takeoff'); });
afterEach(() => { rmSync(join(cache, '..'), { recursive: true }); });

const [dev, other] = ['arn:aws:iam::123456789012:user/dev', 'arn:aws:iam::123456789012:user/other'];

test('what each user chose is kept beside what others did, for its owner only', async () => {
  await keepChoice(cache, dev, { choice: 'exchange', mfaSerial: 'GAHT12345678' });
  await keepChoice(cache, other, { choice: 'never' });
  expect([readChoice(cache, dev), readChoice(cache, other), readChoice(cache, 'arn:aws:iam::123456789012:user/new')]).toEqual([{ choice: 'exchange', mfaSerial: 'GAHT12345678' }, { choice: 'never' }, null]);
  expect(statSync(choiceFile(cache)).mode & 0o777).toBe(0o600);
});

test.each(['', 'null', '[]', '7', '{', '{"arn:aws:iam::123456789012:user/dev": null}', '{"arn:aws:iam::123456789012:user/dev": {"choice": "always"}}'])('what says nothing (%j) is asked again, and replaced', async (text) => {
  mkdirSync(cache);
  writeFileSync(choiceFile(cache), text);
  expect(readChoice(cache, dev)).toBeNull();
  await keepChoice(cache, dev, { choice: 'keys' });
  expect(JSON.parse(readFileSync(choiceFile(cache), 'utf8'))).toMatchObject({ [dev]: { choice: 'keys' } });
});

test('where it cannot be kept the run goes on', async () => {
  writeFileSync(cache, 'a file in the place of the folder');
  await keepChoice(cache, dev, { choice: 'never' });
  expect(readChoice(cache, dev)).toBeNull();
});
