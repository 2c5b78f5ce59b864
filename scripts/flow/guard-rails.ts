import type { ExpectedAccount } from '../checks/expected-account';
import type { Configuration } from '../configuration/configuration';
import type { Found } from '../credentials/source';
import type { Run } from './run';

/** The configuration for credentials of `source`: without the allowed accounts and regions for the local AWS, which has neither. */
export function guardRails(configuration: Configuration, { source }: Pick<Found, 'source'>): Configuration {
  return source === 'local' ? { ...configuration, accounts: [], regions: [] } : configuration;
}

/** The account that `--env` or `--account` expects. Whoever chose the local AWS when asked for credentials does not mean the environment's. */
export function expectedAccount({ options, target }: Pick<Run, 'options' | 'target'>, { source }: Pick<Found, 'source'>): ExpectedAccount | null {
  const environment = source === 'local' ? null : (target?.environment ?? null);
  const account = environment?.account ?? options.account;
  return account === undefined ? null : { account, environment: environment?.account === account ? environment : null };
}
