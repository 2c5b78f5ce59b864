import { AwsError } from '../aws-error';
import { physicalName, type NameOf } from '../physical-name';
import { textProperty } from '../properties';
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

/** The name of a repository that a stack makes. */
export const repositoryName: NameOf = (context, properties) => textProperty(properties, 'RepositoryName') ?? physicalName(context, 256).toLowerCase();

/** By `REGION/NAME`. */
export function repositories(local: LocalAws): Table<Repository> {
  return local.store.table<Repository>('ecr-repositories');
}

/** Whether there is one of that name or not. */
export function repositoryArn(local: LocalAws, region: string, name: string): string {
  return `arn:aws:ecr:${region}:${local.account}:repository/${name}`;
}

/** @throws AwsError RepositoryNotFoundException */
export function getRepository(local: LocalAws, region: string, name: string): Repository {
  const repository = repositories(local).get(`${region}/${name}`);
  if (repository === undefined) throw new AwsError('RepositoryNotFoundException', `The repository with name '${name}' does not exist in the registry with id '${local.account}'`);
  return repository;
}

/** What Docker would push to. */
export function repositoryUri(local: LocalAws, { region, name }: Repository): string {
  return `${local.account}.dkr.ecr.${region}.amazonaws.com/${name}`;
}
