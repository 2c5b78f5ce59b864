import { stripVTControlCharacters } from 'node:util';
import { duration } from '../../scripts/terminal/duration';
import { styleFor } from '../../scripts/terminal/style';
import { nextCommands, nothingLine, removalLines, summaryLines, type Summary } from '../../scripts/terminal/summary-text';

const environment = { LANG: 'en_US.UTF-8', TERM: 'xterm' };
const at = (columns: number, more = {}) => styleFor({ isTerminal: true, columns, environment: { ...environment, NO_COLOR: '1', ...more } });
const pipe = styleFor({ isTerminal: false, columns: undefined, environment });

const summary: Summary = {
  account: '123456789012', region: 'us-west-2', durationMs: 14_200,
  stacks: [{ stack: { id: 'Prod/Notes' }, change: { kind: 'create', resources: 18, broadening: [] } }, { stack: { id: 'Data' }, change: { kind: 'unchanged', broadening: [] } }],
  outputs: [{ name: 'Notes', outputs: { ApiUrl: 'https://abcdefghij.execute-api.us-west-2.amazonaws.com', Table: 'T' } }],
};

test('says where, how long, which stacks and their outputs', () => {
  expect(summaryLines(summary, pipe)).toEqual([
    'ok Deployed to account 123456789012 in us-west-2, in 14 s',
    '  stacks    Prod/Notes  created',
    '            Data  template unchanged',
    '  outputs   ApiUrl  https://abcdefghij.execute-api.us-west-2.amazonaws.com',
    '            Table  T',
  ]);
});

test('of a destroy says which stacks are gone, and what stays behind', () => {
  const stacks: Summary['stacks'] = [
    { stack: { id: 'Notes' }, change: { kind: 'destroy', contents: { resources: 7, kept: ['Table (AWS::DynamoDB::Table)', 'Log (AWS::Logs::LogGroup)'] } } },
    { stack: { id: 'Hidden' }, change: { kind: 'destroy', contents: null } },
    { stack: { id: 'Never' }, change: { kind: 'absent' } },
  ];
  expect(removalLines({ ...summary, stacks }, pipe)).toEqual([
    'ok Destroyed in account 123456789012 in us-west-2, in 14 s',
    '  stacks    Notes  destroyed',
    '            Hidden  destroyed',
    '            Never  was not deployed',
    '  kept      Table (AWS::DynamoDB::Table) of Notes',
    '            Log (AWS::Logs::LogGroup) of Notes',
  ]);
  expect(nothingLine(summary, pipe)).toBe('ok Nothing to destroy in account 123456789012 in us-west-2');
});

test('outputs of several stacks are told apart', () => {
  const several = { ...summary, outputs: [{ name: 'A', outputs: { Url: '1' } }, { name: 'B', outputs: { Url: '2' } }] };
  expect(summaryLines(several, pipe).slice(3)).toEqual(['  outputs   A.Url  1', '            B.Url  2']);
});

test('a value that does not fit behind its name stands whole on the next line', () => {
  expect(summaryLines(summary, at(60))).toEqual([
    '✔ Deployed to account 123456789012 in us-west-2, in 14 s',
    '  stacks    Prod/Notes  created',
    '            Data  template unchanged',
    '  outputs   ApiUrl',
    '    https://abcdefghij.execute-api.us-west-2.amazonaws.com',
    '            Table  T',
  ]);
});

test('a value of several lines stands below its name as it is, to be copied', () => {
  const job = { ...summary, outputs: [{ name: 'Role', outputs: { Job: 'env:\n  AWS_REGION: us-west-2', Other: '1' } }] };
  expect(summaryLines(job, pipe).slice(3)).toEqual(['  outputs   Job', '    env:', '      AWS_REGION: us-west-2', '            Other  1']);
});

test('colours change nothing but colour', () => {
  const coloured = summaryLines(summary, at(60, { NO_COLOR: '' })).join('\n');
  expect(coloured).toContain('\u001b[1mDeployed\u001b[22m');
  expect(stripVTControlCharacters(coloured)).toBe(summaryLines(summary, at(60)).join('\n'));
});

test('a stack without outputs has no line for them', () => {
  expect(summaryLines({ ...summary, outputs: [] }, pipe).some((line) => line.includes('outputs'))).toBe(false);
});

test('commands stay whole; a remark moves below where there is no room for it', () => {
  const commands = ['npm run call -- --local GET /notes', 'npm run local   (serves it until Ctrl-C)'];
  expect(nextCommands(commands, pipe)).toEqual(['', 'Next', '  npm run call -- --local GET /notes', '  npm run local   (serves it until Ctrl-C)']);
  expect(nextCommands(commands, at(40))[3]).toBe('  npm run local\n    (serves it until Ctrl-C)');
});

test.each([[0, '0.0 s'], [840, '0.8 s'], [9_940, '9.9 s'], [9_960, '10 s'], [59_400, '59 s'], [59_700, '1 min 0 s'], [185_000, '3 min 5 s']])('%d ms: %s', (milliseconds, expected) => {
  expect(duration(milliseconds)).toBe(expected);
});
