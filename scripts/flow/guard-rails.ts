import type { Configuration } from '../configuration/configuration';
import type { Found } from '../credentials/source';

/** The configuration as far as it goes for these credentials: which accounts and regions are allowed says nothing of an AWS on this machine. */
export function guardRails(configuration: Configuration, { source }: Pick<Found, 'source'>): Configuration {
  return source === 'local' ? { ...configuration, accounts: [], regions: [] } : configuration;
}
