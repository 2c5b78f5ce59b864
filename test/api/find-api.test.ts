import { findApi, type DeployedStack } from '../../scripts/api/find-api';

const notes: DeployedStack = { name: 'Notes', outputs: { ApiUrl: 'https://a.example', TableName: 't' } };
const other: DeployedStack = { name: 'Other', outputs: { ApiUrl: 'https://b.example' } };
const plain: DeployedStack = { name: 'Plain', outputs: {} };

const ways = { callOf: (stack: string) => `npm run call -- GET /notes --stack ${stack} --local`, deploy: 'npm run deploy -- --local' };

describe('findApi', () => {
  test('takes the only stack that has an ApiUrl', () => {
    expect(findApi([plain, notes], undefined, [], ways)).toBe('https://a.example');
  });

  test('prefers a stack of this app where others in the account have one too', () => {
    expect(findApi([other, notes], undefined, ['Notes'], ways)).toBe('https://a.example');
  });

  test('takes the stack named', () => {
    expect(findApi([other, notes], 'Other', ['Notes'], ways)).toBe('https://b.example');
  });

  test.each([
    ['several', [other, notes], undefined, /More than one stack.*Other, Notes/, `Say which:\n${ways.callOf('Other')}\n${ways.callOf('Notes')}`],
    ['none', [plain], undefined, /No deployed stack/, `Deploy the app first: ${ways.deploy}`],
    ['named, without the output', [plain], 'Plain', /Plain has no ApiUrl output/, `Deploy the app first: ${ways.deploy}`],
    ['named, not there', [plain], 'Nots', /There is no stack Nots/, `Deploy it: ${ways.deploy}`],
  ] as const)('refuses %s, and says what to do', (_case, stacks, wanted, message, fix) => {
    expect(() => findApi(stacks, wanted, [], ways)).toThrow(expect.objectContaining({ code: 'USAGE', message: expect.stringMatching(message) as unknown, fix }));
  });
});
