import { readNumbers } from '../bench/readme-numbers';

/** The cells of each line of the tables, but of their heads. */
function rows(columns: number): string[][] {
  return readNumbers().split('\n').map((line) => line.split('|').slice(1, -1).map((cell) => cell.trim())).filter((cells) => cells.length === columns && cells[1] !== undefined && /^\d/.test(cells[1]));
}

test('the README shows what the bench has measured, commands and growth', () => {
  expect(rows(6).map(([what]) => what)).toEqual(expect.arrayContaining([expect.stringContaining('keys in the environment'), expect.stringContaining('no credentials'), expect.stringContaining('nothing changed'), expect.stringContaining('for the first time')]));
  expect(rows(7).map(([what = '']) => /^[\d,]+/.exec(what)?.[0])).toEqual(['1,000', '500', '50', '20,000']);
});

test('what is the wrapper\'s own time is within the bounds that the project holds itself to', () => {
  const own = rows(6).filter(([what = '']) => !/^npm run deploy\b/.test(what)); // of those most is CDK's, and the table says how they stand
  const over = [...own, ...rows(7)].filter(([, , , , measured, bound]) => !(Number(measured) <= Number(bound)));
  expect(over).toEqual([]);
  expect(rows(7).filter(([, , , , , , memory = '']) => !(Number.parseInt(memory, 10) < 300))).toEqual([]);
});
