import { readCiSettings } from '../../scripts/configuration/ci-settings';
import { isOptionalStacks, missingContext, notAskedForBy } from '../../scripts/configuration/optional-stacks';
import { failureOf } from '../credentials/place';

test('what is said of CI is read', () => {
  expect(readCiSettings({ roleArn: 'arn:aws-cn:iam::123456789012:role/a/b', tokenVariable: 'MY_TOKEN' })).toEqual({ roleArn: 'arn:aws-cn:iam::123456789012:role/a/b', tokenVariable: 'MY_TOKEN' });
  expect(readCiSettings({})).toEqual({ roleArn: null, tokenVariable: null });
});

test.each([
  [{ rolArn: 'x' }, '"rolArn"', 'Did you mean "roleArn"?'],
  [{ other: 'x' }, '"other"', 'It has: roleArn, tokenVariable.'],
  [{ roleArn: 'deployer' }, '"roleArn"', 'the ARN of a role'],
  [{ roleArn: 7 }, '"roleArn"', 'the ARN of a role'],
  [{ tokenVariable: 'A-B' }, '"tokenVariable"', 'environment variable'],
])('%j is a usage error', async (ci, words, fix) => {
  expect(await failureOf(() => readCiSettings(ci))).toMatchObject({ code: 'USAGE', message: expect.stringContaining(words) as string, fix: expect.stringContaining(fix) as string });
});

test.each([
  [{ Dev: '-c stage=dev' }, true],
  [{}, true],
  [{ Dev: 'stage=dev' }, false],
  [{ Dev: 1 }, false],
  [['Dev'], false],
  [null, false],
])('%j lists optional stacks: %s', (value, expected) => {
  expect(isOptionalStacks(value)).toBe(expected);
});

const optional = { Dev: '-c stage=dev -c size=1' };

test.each([[[]], [['-c', 'size=2']], [['-c', 'stages=dev']], [['-c', 'stage=']]])('a stack that needs context is refused with %j', (synthArguments) => {
  expect(missingContext(optional, { command: 'deploy', stacks: ['Dev'], synthArguments })).toMatchObject({ code: 'USAGE', fix: 'npm run deploy -- Dev -c stage=dev -c size=1' });
});

test.each([[['-c', 'stage=prod']], [['-cstage=prod']], [['--context', 'stage=prod']], [['--context=stage=prod']], [['-c=stage=prod']]])('and passes with %j', (synthArguments) => {
  expect(missingContext(optional, { command: 'deploy', stacks: ['Dev'], synthArguments })).toBeNull();
});

test.each<[object, string[]]>([
  [{}, ['Dev']],
  [{ stage: '' }, ['Dev']],
  [{ stage: null }, ['Dev']],
  [{ size: '1' }, ['Dev']],
  [{ stage: 'dev' }, []],
])('with the context %j in cdk.json the command line must ask for %j', (context, expected) => {
  expect(Object.keys(notAskedForBy({ ...context }, optional))).toEqual(expected);
});

test('other stacks need none', () => {
  expect(missingContext(optional, { command: 'deploy', stacks: ['Notes'], synthArguments: [] })).toBeNull();
  expect(missingContext(optional, { command: 'deploy', stacks: [], synthArguments: [] })).toBeNull();
});
