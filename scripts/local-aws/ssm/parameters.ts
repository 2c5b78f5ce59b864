import { AwsError } from '../aws-error';
import type { LocalAws } from '../service';
import type { Table } from '../store';

/** One parameter of Parameter Store. */
export interface Parameter {
  readonly name: string;
  readonly type: 'String' | 'StringList';
  readonly value: string;
  readonly version: number;
  /** Seconds since 1970. */
  readonly modified: number;
  readonly tags: Readonly<Record<string, string>>;
}

function parameters(local: LocalAws): Table<Parameter> {
  return local.store.table<Parameter>('ssm-parameters');
}

const keyOf = (region: string, name: string): string => `${region}/${name}`;

export function parameterArn(local: LocalAws, region: string, name: string): string {
  return `arn:aws:ssm:${region}:${local.account}:parameter${name.startsWith('/') ? '' : '/'}${name}`;
}

export function findParameter(local: LocalAws, region: string, name: string): Parameter | null {
  return parameters(local).get(keyOf(region, name)) ?? null;
}

/** The value of a parameter, for templates; `null` where there is none. */
export function parameterValue(local: LocalAws, region: string, name: string): string | null {
  return findParameter(local, region, name)?.value ?? null;
}

/** @throws AwsError ParameterAlreadyExists */
export function putParameter(local: LocalAws, region: string, { name, type, value, tags, overwrite }: Pick<Parameter, 'name' | 'type' | 'value' | 'tags'> & { readonly overwrite: boolean }): Parameter {
  const before = findParameter(local, region, name);
  if (before !== null && !overwrite) {
    throw new AwsError('ParameterAlreadyExists', 'The parameter already exists. To overwrite this value, set the overwrite option in the request to true.');
  }
  const parameter: Parameter = { name, type, value, tags, version: (before?.version ?? 0) + 1, modified: Date.now() / 1000 };
  parameters(local).set(keyOf(region, name), parameter);
  return parameter;
}

/** @returns whether there was one */
export function deleteParameter(local: LocalAws, region: string, name: string): boolean {
  return parameters(local).delete(keyOf(region, name));
}
