import type { AssemblyStack } from './assembly';

/** Where a stack is deployed to, or where a run's credentials and region lead. */
export interface StackPlace {
  readonly partition: string;
  /** Twelve digits. */
  readonly account: string;
  readonly region: string;
}

/** Where `stack` goes: where it leaves account or region open, those of `run`. */
export function placeOf<Place extends Pick<StackPlace, 'account' | 'region'>>({ account, region }: Pick<AssemblyStack, 'account' | 'region'>, run: Place): Place {
  return { ...run, account: account ?? run.account, region: region ?? run.region };
}
