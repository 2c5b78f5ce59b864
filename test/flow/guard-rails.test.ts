import type { Configuration } from '../../scripts/configuration/configuration';
import { guardRails } from '../../scripts/flow/guard-rails';

const configuration = { accounts: ['123456789012'], regions: ['eu-west-1'], allowRoot: true } as unknown as Configuration;

test('the accounts and regions that are allowed say nothing of an AWS on this machine, and everything of any other', () => {
  expect(guardRails(configuration, { source: 'local' })).toMatchObject({ accounts: [], regions: [], allowRoot: true });
  expect(guardRails(configuration, { source: 'environment' })).toBe(configuration);
});
