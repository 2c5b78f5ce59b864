import { helpFor } from '../../scripts/options/help';
import { commandNames } from '../../scripts/options/options';
import { helpText } from '../../scripts/terminal/help-text';

test('in a narrow window an option goes on in its own column', () => {
  const lines = helpText(helpFor('deploy'), { columns: 60 }).split('\n');
  expect(lines).toContain('  --env NAME         an environment of cdk.json: its');
  expect(lines).toContain('                     account, region and profile');
});

test.each(commandNames)('a page of %s is whole in 60 columns, its examples apart, and as it is in 80 and in a pipe', (command) => {
  const page = helpFor(command);
  const [before = ''] = helpText(page, { columns: 60 }).split('Examples:');
  expect(before.split('\n').filter((line) => line.length > 60)).toEqual([]);
  expect([helpText(page, { columns: 80 }), helpText(page, { columns: null })]).toEqual([page, page]);
});
