import { accountOfStacks, type PlacedStack } from '../../scripts/checks/account-of-stacks';
import type { Assumption } from '../../scripts/checks/assume-bootstrap-role';

const credentials = { accessKeyId: 'ASIATEST', secretAccessKey: 'test' };
const role = (account: string): string => `arn:aws:iam::${account}:role/cdk-hnb659fds-deploy-role-${account}-us-west-2`;

function stack(id: string, account: string, deployRole: string | null = role(account)): PlacedStack {
  return { id, account, region: 'us-west-2', qualifier: 'hnb659fds', deployRole };
}

const tried: string[] = [];
beforeEach(() => { tried.length = 0; });

/** Of 123456789012, which may assume roles of 222222222222. */
function judge(...stacks: readonly PlacedStack[]): ReturnType<typeof accountOfStacks> {
  return accountOfStacks({
    account: '123456789012',
    stacks,
    assume: async (arn): Promise<Assumption> => {
      tried.push(arn);
      return arn.includes('222222222222') ? { kind: 'assumed', credentials } : { kind: 'refused', why: 'AccessDenied' };
    },
    trustCommand: ({ account, region }) => `npm run bootstrap -- aws://${account}/${region} --trust 123456789012`,
  });
}

test.each([[[]], [[stack('A', '123456789012'), stack('B', '123456789012', null)]]])('none, or the same: passes, and no role is tried', async (stacks) => {
  expect(await judge(...stacks)).toMatchObject({ result: { status: 'pass', message: '123456789012, and no stack is for another' } });
  expect(tried).toEqual([]);
});

test('another passes where its deploy role may be assumed', async () => {
  expect(await judge(stack('A', '123456789012'), stack('B', '222222222222'))).toMatchObject({ result: { status: 'pass', message: '123456789012, which may deploy to 222222222222 too' }, refused: new Set() });
  expect(tried).toEqual([role('222222222222')]);
});

test('another fails where it may not, with the role, the reason, how many more there are and the command that would allow it', async () => {
  const { result, refused } = await judge(stack('A', '123456789012'), stack('B', '111111111111'), stack('C', '222222222222'), stack('D', '333333333333'));
  expect(result).toEqual({
    id: 'account', status: 'fail', code: 'WRONG_ACCOUNT',
    message: `The stack B is for account 111111111111 (and 1 more like it), and the credentials are of 123456789012, which may not assume ${role('111111111111')} (AccessDenied).`,
    fix: [
      'Let the bootstrap of 111111111111 trust 123456789012, with credentials of 111111111111 (--trust replaces the list: repeat whom it trusts already):',
      'npm run bootstrap -- aws://111111111111/us-west-2 --trust 123456789012',
      'If it does already, these credentials lack sts:AssumeRole on that role. Or deploy the stack with credentials of 111111111111.',
    ].join('\n'),
  });
  expect(refused).toEqual(new Set(['B', 'D']));
});

test('another without a role is deployed with the credentials themselves, and so needs its own', async () => {
  expect(await judge(stack('B', '222222222222', null))).toMatchObject({ result: { status: 'fail', code: 'WRONG_ACCOUNT', message: expect.stringContaining('names no role') as string, fix: expect.stringContaining('account 222222222222') as string } });
});
