import * as fc from 'fast-check';
import { matchesWildcards } from '../../../scripts/local-aws/iam/wildcards';

/** What the two wildcards mean, said as plainly as can be; it takes exponential time. */
function meaning(pattern: string, text: string): boolean {
  if (pattern === '') return text === '';
  const [first, rest] = [pattern.charAt(0), pattern.slice(1)];
  if (first === '*') return meaning(rest, text) || (text !== '' && meaning(pattern, text.slice(1)));
  return text !== '' && (first === '?' || first === text.charAt(0)) && meaning(rest, text.slice(1));
}

const few = (characters: string): fc.Arbitrary<string> => fc.string({ unit: fc.constantFrom(...characters.split('')), maxLength: 8 });

describe('matchesWildcards', () => {
  test('agrees with what the wildcards mean', () => {
    fc.assert(fc.property(few('ab*?'), few('ab*?'), (pattern, text) => {
      expect(matchesWildcards(pattern, text)).toBe(meaning(pattern, text));
    }));
  });

  test('a text without wildcards matches itself alone', () => {
    fc.assert(fc.property(few('ab:/'), few('ab:/'), (pattern, text) => {
      expect(matchesWildcards(pattern, text)).toBe(pattern === text);
    }));
  });

  test('any text matches itself with pieces replaced by a star', () => {
    fc.assert(
      fc.property(fc.array(fc.string()), (pieces) => {
        const quoted = pieces.map((piece) => piece.replace(/[*?]/g, ''));
        expect(matchesWildcards(quoted.map((piece, index) => (index % 2 === 0 ? piece : '*')).join(''), quoted.join(''))).toBe(true);
      }),
    );
  });

  test('is quick where a backtracking pattern is not', () => {
    expect(matchesWildcards('*a'.repeat(200), 'a'.repeat(5000).concat('b'))).toBe(false);
  });
});
