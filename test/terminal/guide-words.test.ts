import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { menuChoices, menuQuestion, notice } from '../../scripts/terminal/guide-words';

/** The section "Example Prompts" of the guide, verbatim. */
const guide = readFileSync(join(__dirname, 'guide-example-prompts.md'), 'utf8');
const prompts = [...guide.matchAll(/```\n"([^]*?)"\n```/g)].map(([, text]) => text);

test('the notice is the guide\'s, word for word', () => {
  expect(notice).toBe(prompts[0]);
});

test('the menu is the guide\'s, word for word', () => {
  const numbered = Object.values(menuChoices).map((name, index) => `${index + 1}. ${name}`);
  expect([menuQuestion, ...numbered].join('\n')).toBe(prompts[1]);
});
