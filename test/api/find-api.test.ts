import { findApi, type DeployedStack } from '../../scripts/api/find-api';

const notes: DeployedStack = { name: 'Notes', outputs: { ApiUrl: 'https://a.example', TableName: 't' } };
const other: DeployedStack = { name: 'Other', outputs: { ApiUrl: 'https://b.example' } };
const plain: DeployedStack = { name: 'Plain', outputs: {} };

describe('findApi', () => {
  test('takes the only stack that has an ApiUrl', () => {
    expect(findApi([plain, notes], undefined, [])).toEqual({ stack: 'Notes', url: 'https://a.example' });
  });

  test('prefers a stack of this app where others in the account have one too', () => {
    expect(findApi([other, notes], undefined, ['Notes'])).toEqual({ stack: 'Notes', url: 'https://a.example' });
  });

  test('takes the stack named', () => {
    expect(findApi([other, notes], 'Other', ['Notes'])).toEqual({ stack: 'Other', url: 'https://b.example' });
  });

  test.each([
    ['several', [other, notes], undefined, /More than one stack.*Other, Notes/],
    ['none', [plain], undefined, /No deployed stack/],
    ['named, without the output', [plain], 'Plain', /Plain has no ApiUrl output/],
    ['named, not there', [plain], 'Nots', /There is no stack Nots/],
  ] as const)('refuses %s, and says what to do', (_case, stacks, wanted, message) => {
    expect(() => findApi(stacks, wanted, [])).toThrow(expect.objectContaining({ code: 'USAGE', message: expect.stringMatching(message) as unknown, fix: expect.stringMatching(/npm run/) as unknown }));
  });
});
