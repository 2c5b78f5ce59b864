import type { LocalAws } from '../service';
import type { Table } from '../store';

/** A repository. It has no images: the local AWS takes none. */
export interface Repository {
  readonly name: string;
  readonly region: string;
  /** Seconds since 1970. */
  readonly created: number;
  mutability: string;
  /** Told, and without effect. */
  scanOnPush?: boolean;
  readonly encryption?: { readonly type: string; readonly key: string | null };
}

/** By `REGION/NAME`. */
export function repositories(local: LocalAws): Table<Repository> {
  return local.store.table<Repository>('ecr-repositories');
}

export function repositoryArn(local: LocalAws, { region, name }: Repository): string {
  return `arn:aws:ecr:${region}:${local.account}:repository/${name}`;
}

export function repositoryUri(local: LocalAws, { region, name }: Repository): string {
  return `${local.account}.dkr.ecr.${region}.amazonaws.com/${name}`;
}
