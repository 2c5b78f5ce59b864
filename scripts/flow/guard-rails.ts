import type { ExpectedAccount } from '../checks/expected-account';
import type { Configuration } from '../configuration/configuration';
import type { Found } from '../credentials/source';
import type { Run } from './run';

/** The configuration as far as it goes for these credentials: which accounts and regions are allowed says nothing of an AWS on this machine. */
export function guardRails(configuration: Configuration, { source }: Pick<Found, 'source'>): Configuration {
  return source === 'local' ? { ...configuration, accounts: [], regions: [] } : configuration;
}

/** The account that `--env` or `--account` expects. Who chose the AWS on this machine in place of credentials means none of the environment's. */
export function expectedAccount({ options, target }: Pick<Run, 'options' | 'target'>, { source }: Pick<Found, 'source'>): ExpectedAccount | null {
  const environment = source === 'local' ? null : (target?.environment ?? null);
  const account = environment?.account ?? options.account;
  return account === undefined ? null : { account, environment: environment?.account === account ? environment : null };
}
