import { accountOfKeyId } from '../../scripts/secrets/account-of-key';

test.each([
  ['ASIAY34FZKBOKMUTVV7A', '609629065308'],
  ['AKIAIOSFODNN7EXAMPLE', null],
  ['AKIAJAAAAAAAAAAAAAAA', null],
  ['AKIAY34FZKBOKMUTVV18', null],
  ['AROAY34FZKBOKMUTVV7A', null],
  ['test', null],
])('%s is of %s', (id, account) => {
  expect(accountOfKeyId(id)).toBe(account);
});
