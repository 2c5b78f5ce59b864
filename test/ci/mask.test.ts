import { closeSync, mkdtempSync, openSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { maskOn } from '../../scripts/ci/mask';

/** What is written to a stream at `fd` when a secret is masked. */
function written(environment: Readonly<Record<string, string>>, fd = -1): string {
  let text = '';
  maskOn(environment, { fd, write: (part) => { text += part; } })('the-secret-of-the-test');
  return text;
}

test('GitHub\'s runner is told the secret, once, on a line of its own', () => {
  expect(written({ GITHUB_ACTIONS: 'true' })).toBe('::add-mask::the-secret-of-the-test\n');
});

test('elsewhere nothing is written', () => {
  expect(written({})).toBe('');
  expect(written({ GITLAB_CI: 'true' })).toBe('');
});

test('nor into a file, which no runner reads', () => {
  const folder = mkdtempSync(join(tmpdir(), 'takeoff-mask-'));
  const descriptor = openSync(join(folder, 'log'), 'w');
  expect(written({ GITHUB_ACTIONS: 'true' }, descriptor)).toBe('');
  closeSync(descriptor);
  rmSync(folder, { recursive: true });
});
