import { stripVTControlCharacters } from 'node:util';
import { planLines, timeLeft, type PlanInit } from '../../scripts/terminal/plan-text';
import { styleFor } from '../../scripts/terminal/style';

const environment = { LANG: 'en_US.UTF-8', TERM: 'xterm' };
const pipe = styleFor({ isTerminal: false, columns: undefined, environment });
const now = new Date('2026-11-24T12:00:00Z');

const plan: PlanInit = {
  command: 'deploy', environment: 'prod', source: 'profile dev', identity: 'arn:aws:sts::123456789012:assumed-role/Deploy/me', account: '123456789012', accountAlias: 'acme-prod', region: 'us-west-2 (profile dev)',
  endpoint: 'http://127.0.0.1:4566', expiration: new Date('2026-11-24T12:54:59Z'), kind: 'temporary', now,
  stacks: [
    { stack: { id: 'Data' }, change: { kind: 'create', resources: 1, broadening: ['Allow * on *'] } },
    { stack: { id: 'Notes' }, change: { kind: 'update', counts: { added: 2, changed: 0, replaced: 1, removed: 0, other: 1 }, broadening: [] } },
    { stack: { id: 'Same' }, change: { kind: 'unchanged', broadening: [] } },
    { stack: { id: 'Dark' }, change: { kind: 'unknown', why: 'its template may not be read' } },
    { stack: { id: 'Gone' }, change: { kind: 'destroy', contents: { resources: 7, kept: ['Table (AWS::DynamoDB::Table)'] } } },
    { stack: { id: 'Hidden' }, change: { kind: 'destroy', contents: null } },
    { stack: { id: 'Never' }, change: { kind: 'absent' } },
  ],
  commands: ['Docker build: asset.c'],
};

test('names who, where and what', () => {
  expect(planLines(plan, pipe)).toEqual([
    'Plan: deploy',
    '  env       prod',
    '  source    profile dev',
    '  identity  arn:aws:sts::123456789012:assumed-role/Deploy/me',
    '  account   123456789012 (acme-prod)',
    '  region    us-west-2 (profile dev)',
    '  endpoint  http://127.0.0.1:4566',
    '  session   54 minutes left',
    '  stacks    Data  create, 1 resource',
    '            Notes  update: 2 added, 1 replaced, 1 other change',
    '            Same  template unchanged',
    '            Dark  unknown: its template may not be read',
    '            Gone  destroy, 7 resources; kept: Table (AWS::DynamoDB::Table)',
    '            Hidden  destroy, with everything in it that its removal policy does not keep',
    '            Never  nothing of it is deployed',
    '  broadens  + Allow * on *',
    '  runs      Docker build: asset.c (beside the credentials)',
  ]);
});

test('leaves out what there is not', () => {
  const lines = planLines({ ...plan, environment: null, accountAlias: null, endpoint: null, expiration: null, kind: 'long-term', stacks: [], commands: [] }, pipe);
  expect(lines.map((line) => line.trim().split(' ')[0])).toEqual(['Plan:', 'source', 'identity', 'account', 'region']);
  expect(lines).toContain('  account   123456789012');
  expect(planLines({ ...plan, expiration: null }, pipe)).toContain('  session   when it ends is not known');
});

test.each([40, 60, 120])('at %d columns colours change nothing but colour, and no line is too wide but one word', (columns) => {
  const coloured = planLines(plan, styleFor({ isTerminal: true, columns, environment })).join('\n');
  const plain = planLines(plan, styleFor({ isTerminal: true, columns, environment: { ...environment, NO_COLOR: '1' } })).join('\n');
  expect(coloured).toContain('\u001b[1mNotes\u001b[22m');
  expect(stripVTControlCharacters(coloured)).toBe(plain);
  expect(plain.split('\n').filter((line) => line.length > columns && line.trim().split(/ +/).length > 2)).toEqual([]);
});

test.each([[60, 'one minute left'], [119, 'one minute left'], [59, '0 minutes left'], [7199, '119 minutes left'], [7200, '2 h left'], [43_199, '11 h 59 min left'], [-1, 'has ended']])('%d seconds: %s', (seconds, expected) => {
  expect(timeLeft(new Date(now.getTime() + seconds * 1000), now)).toBe(expected);
});

describe('what broadens', () => {
  const broadening = Array.from({ length: 11 }, (_, index) => `Allow a:${index} on *`);
  const long: PlanInit = { ...plan, stacks: [{ stack: { id: 'Data' }, change: { kind: 'create', resources: 1, broadening } }], commands: [] };

  test('is counted from the ninth line on', () => {
    const lines = planLines(long, pipe);
    expect(lines.slice(-2)).toEqual(['            + Allow a:7 on *', '              and 3 more, which --verbose shows']);
  });

  test('is shown whole with --verbose', () => {
    expect(planLines({ ...long, verbose: true }, pipe).at(-1)).toBe('            + Allow a:10 on *');
  });

  test('is cut at the parts of an ARN that is wider than the window', () => {
    const arn = `"arn:aws:execute-api:us-west-2:123456789012:\${Api/Http}/*/*/notes/{id}"`;
    const lines = planLines({ ...long, stacks: [{ stack: { id: 'Data' }, change: { kind: 'create', resources: 1, broadening: [arn] } }] }, styleFor({ isTerminal: true, columns: 60, environment: { ...environment, NO_COLOR: '1' } }));
    expect(lines.at(-1)).toBe('  broadens  + "arn:aws:execute-api:us-west-2:123456789012:\n              ${Api/Http}/*/*/notes/{id}"');
  });
});

test('an ARN that is too wide beside its label goes on below itself', () => {
  const identity = 'arn:aws:sts::000000000000:assumed-role/LocalDeveloper/root';
  const lines = planLines({ ...plan, identity }, styleFor({ isTerminal: true, columns: 60, environment: { ...environment, NO_COLOR: '1' } }));
  expect(lines[3]).toBe('  identity  arn:aws:sts::000000000000:assumed-role/\n            LocalDeveloper/root');
});
