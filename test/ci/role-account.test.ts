import { accountOfRole } from '../../scripts/ci/role-account';

const arn = 'arn:aws-cn:iam::123456789012:role/deploy';

test.each<[object, string | null, string | null]>([
  [{ AWS_ROLE_ARN: ` ${arn}\n` }, null, '123456789012'],
  [{ AWS_ROLE_ARN: arn }, 'arn:aws:iam::210987654321:role/other', '123456789012'],
  [{ CI: 'true' }, arn, '123456789012'],
  [{ AWS_ROLE_ARN: '', CI: 'true' }, arn, '123456789012'],
  [{}, arn, null],
  [{ AWS_ROLE_ARN: 'deploy' }, null, null],
  [{}, null, null],
])('with %j and %j in cdk.json it is %j', (environment, roleArn, account) => {
  expect(accountOfRole({ ...environment }, { roleArn, tokenVariable: null })).toBe(account);
});

test('without settings for CI none is named', () => {
  expect(accountOfRole({ CI: 'true' }, undefined)).toBeNull();
});
