import type { LocalAws } from '../service';
import type { Table } from '../store';

/** A key as far as it is recorded. Nothing is encrypted with it. */
export interface Key {
  readonly id: string;
  readonly arn: string;
  readonly region: string;
  description: string;
  enabled: boolean;
  usage: string;
  spec: string;
  /** Seconds since 1970. */
  readonly created: number;
}

/** By id. */
export function keys(local: LocalAws): Table<Key> {
  return local.store.table<Key>('kms-keys');
}

/** Alias (`REGION/alias/name`) to key id. */
export function aliases(local: LocalAws): Table<string> {
  return local.store.table<string>('kms-aliases');
}

/** Whether there is a key of that id or not. */
export function keyArn(local: LocalAws, region: string, id: string): string {
  return `arn:aws:kms:${region}:${local.account}:key/${id}`;
}

/** The key that an id, an ARN or an alias names. */
export function findKey(local: LocalAws, region: string, name: string): Key | null {
  const short = name.replace(/^arn:aws:kms:[^:]+:\d{12}:(?:key\/)?/, '');
  const key = keys(local).get(short.startsWith('alias/') ? aliases(local).get(`${region}/${short}`) ?? '' : short);
  return key?.region === region ? key : null;
}
