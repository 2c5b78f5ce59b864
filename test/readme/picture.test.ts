import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { checkIds } from '../../scripts/failures/check-ids';
import { drawPicture, picturePath, titleOf } from './picture';

// TAKEOFF_DRAW=1 npm test -- test/readme draws it anew.

const { version } = JSON.parse(readFileSync(join(__dirname, '../../package.json'), 'utf8')) as { readonly version: string };

if (process.env['TAKEOFF_DRAW'] === '1') beforeAll(() => drawPicture(version), 120_000);

const textsOf = (svg: string): string[] => [...svg.matchAll(/<text [^>]*>([^<]*)<\/text>/g)].map(([, text = '']) => text);

test('the picture is of this version, and shows its checks', () => {
  const svg = readFileSync(picturePath, 'utf8');
  expect(svg).toContain(`<title>${titleOf(version)}</title>`);
  const texts = textsOf(svg);
  expect(checkIds.filter((id) => !texts.some((text) => text.startsWith(` ${id} `)))).toEqual([]);
});

test('the README shows it', () => {
  expect(readFileSync(join(__dirname, '../../README.md'), 'utf8')).toMatch(/<img alt="[^"]+" src="test\/readme\/deploy\.svg"/);
});
