import { assert, property, string } from 'fast-check';
import { compareClaims } from '../../../scripts/credentials/web-identity/claims-beside-trust';
import type { TokenClaims } from '../../../scripts/credentials/web-identity/token-claims';

const none: TokenClaims = { iss: null, aud: null, sub: null, ref: null, environment: null, repository: null, repository_id: null, repository_owner_id: null, project_path: null, project_id: null };

/** Whether `text`, which a role trusts, lets `sub` in. */
function lets(text: string, sub: string, isPattern = true): boolean {
  const compared = compareClaims({ ...none, sub }, { stack: 'Role', output: null, claims: new Map([['sub', [{ text, isPattern }]]]) });
  return compared.find(({ name }) => name === 'sub')?.differs === false;
}

test.each([
  ['repo:o/r:*', 'repo:o/r:ref:refs/heads/main', true],
  ['repo:o/r:*', 'repo:o/r2:ref:refs/heads/main', false],
  ['repo:*/r:ref:*/main', 'repo:o/r:ref:refs/heads/main', true],
  ['repo:o/?:environment:prod', 'repo:o/r:environment:prod', true],
  ['repo:o/?:environment:prod', 'repo:o/:environment:prod', false],
  ['repo:o.r', 'repo:oxr', false],
  ['*', '', true],
  ['a*b', 'ab', true],
  ['a*b', 'abc', false],
])('%s and %s: %p', (pattern, sub, expected) => {
  expect(lets(pattern, sub)).toBe(expected);
});

test('where a role compares by equality a star is a star', () => {
  expect(lets('repo:o/r:*', 'repo:o/r:environment:prod', false)).toBe(false);
  expect(lets('repo:o/r:*', 'repo:o/r:*', false)).toBe(true);
});

test('a text is like itself, and like itself with any part of it as a star', () => {
  const text = string().filter((one) => !/[*?]/.test(one));
  assert(property(text, text, text, (before, part, after) => {
    expect(lets(before + part + after, before + part + after)).toBe(true);
    expect(lets(`${before}*${after}`, before + part + after)).toBe(true);
  }));
});

test('a pattern of many stars is decided, for which a regular expression would take forever', () => {
  expect(lets('*a'.repeat(150), `${'a'.repeat(300)}b`)).toBe(false);
});
