import type { LocalAws } from '../service';
import type { Table } from '../store';

/** A parameter of SSM's Parameter Store. */
export interface ParameterRecord {
  readonly name: string;
  readonly type: 'String' | 'StringList';
  readonly value: string;
  readonly description: string | null;
  readonly allowedPattern: string | null;
  readonly version: number;
  /** ISO 8601. */
  readonly modified: string;
}

/** By `region/name`. */
export function parameters(local: LocalAws): Table<ParameterRecord> {
  return local.store.table<ParameterRecord>('ssm-parameters');
}

export function findParameter(local: LocalAws, region: string, name: string): ParameterRecord | null {
  return parameters(local).get(parameterKey(region, name)) ?? null;
}

/** The value of a parameter; null where there is none. */
export function parameterValue(local: LocalAws, region: string, name: string): string | null {
  return findParameter(local, region, name)?.value ?? null;
}

export function parameterKey(region: string, name: string): string {
  return `${region}/${name}`;
}

/** `arn:…:parameter/a/b` for both `/a/b` and `a/b`. */
export function parameterArn(local: LocalAws, region: string, name: string): string {
  return `arn:aws:ssm:${region}:${local.account}:parameter/${name.replace(/^\//, '')}`;
}
