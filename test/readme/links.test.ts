import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { readReadme, root } from './page';

const readme = readReadme();
const targets = [...readme.matchAll(/\]\(([^)\s]+)\)|\b(?:src|href)="([^"]+)"/g)].map(([, link, attribute]) => link ?? attribute ?? '');

/** Its id on the page, as GitHub makes it. */
const anchorOf = (title: string): string => title.toLowerCase().replaceAll(/[^\w -]/g, '').replaceAll(' ', '-');

const headings = [...readme.replaceAll(/^```[^]*?^```$/gm, '').matchAll(/^(#+) (.+)$/gm)].map(([, level = '', title = '']) => ({ level: level.length, anchor: anchorOf(title) }));

test('no two headings have one anchor', () => {
  expect(new Set(headings.map(({ anchor }) => anchor)).size).toBe(headings.length);
});

test('every link inside the page has its heading', () => {
  const anchors = new Set(headings.map(({ anchor }) => `#${anchor}`));
  expect(targets.filter((target) => target.startsWith('#') && !anchors.has(target))).toEqual([]);
});

test('every file that is linked is there', () => {
  expect(targets.filter((target) => !/^(?:#|https?:)/.test(target) && !existsSync(join(root, target)))).toEqual([]);
});

/** Tests have no network: of a page elsewhere only its form can be seen. */
const forms = [/^https:\/\/github\.com\/[\w.-]+\/[\w.-]+(?:\/(?:issues|pull)\/\d+)?$/, /^https:\/\/canarytokens\.org$/, /^https:\/\/docs\.aws\.amazon\.com\/[\w./#-]+\.html(?:#[\w-]+)?$/];

test('every page elsewhere that is linked has a form that is known', () => {
  expect(targets.filter((target) => /^https?:/.test(target) && !forms.some((form) => form.test(target)))).toEqual([]);
});

test('the table of contents has every chapter', () => {
  const [, contents = ''] = readme.split('\n| To do | To look up |\n');
  const listed = new Set([...(contents.split('\n\n')[0] ?? '').matchAll(/\]\(#([^)]+)\)/g)].map(([, anchor]) => anchor));
  const chapters = headings.filter(({ level }) => level === 2).map(({ anchor }) => anchor);
  expect(chapters.filter((anchor) => anchor !== 'what-it-does-that-others-do-not' && !listed.has(anchor))).toEqual([]);
});
