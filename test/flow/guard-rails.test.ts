import type { Configuration } from '../../scripts/configuration/configuration';
import { expectedAccount, guardRails } from '../../scripts/flow/guard-rails';
import type { Run } from '../../scripts/flow/run';
import { parseOptions } from '../../scripts/options/parse';

const configuration = { accounts: ['123456789012'], regions: ['eu-west-1'], allowRoot: true } as unknown as Configuration;

test('the accounts and regions that are allowed say nothing of an AWS on this machine, and everything of any other', () => {
  expect(guardRails(configuration, { source: 'local' })).toMatchObject({ accounts: [], regions: [], allowRoot: true });
  expect(guardRails(configuration, { source: 'environment' })).toBe(configuration);
});

function expecting(argv: readonly string[], target: Run['target'], source: 'local' | 'environment' = 'environment'): ReturnType<typeof expectedAccount> {
  return expectedAccount({ options: parseOptions('deploy', argv), target }, { source });
}

describe('the account that is expected', () => {
  const environment = { name: 'prod', account: '222222222222', region: null, profile: null, confirm: 'yes' } as const;
  const target = { environment, namedBy: 'only' } as const;

  test('is the environment\'s, else that of --account', () => {
    expect(expecting([], target)).toEqual({ account: '222222222222', environment });
    expect(expecting(['--account', '222222222222'], target)).toEqual({ account: '222222222222', environment });
    expect(expecting(['--account', '111111111111'], null)).toEqual({ account: '111111111111', environment: null });
    expect(expecting(['--account', '111111111111'], { ...target, environment: { ...environment, account: null } })).toEqual({ account: '111111111111', environment: null });
    expect(expecting([], null)).toBeNull();
  });

  test('is not the environment\'s where a person chose the AWS on this machine instead', () => {
    expect(expecting([], target, 'local')).toBeNull();
  });
});
