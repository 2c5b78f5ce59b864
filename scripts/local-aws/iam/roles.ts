import { AwsError } from '../aws-error';
import type { JsonObject } from '../resource';
import type { LocalAws } from '../service';
import type { Table } from '../store';

/** A role as IAM keeps it. */
export interface Role {
  readonly name: string;
  /** Begins and ends with a slash. */
  readonly path: string;
  readonly arn: string;
  /** `AROA…` */
  readonly id: string;
  /** ISO 8601. */
  readonly created: string;
  description: string;
  /** Seconds. */
  maxSessionDuration: number;
  trust: JsonObject;
  /** By name. */
  inlinePolicies: Record<string, JsonObject>;
  /** ARNs of managed policies. */
  attachedPolicies: string[];
  permissionsBoundary: string | null;
  tags: Record<string, string>;
}

/** Every role, by its name in lower case: names that differ in case alone are the same to IAM. */
export function roles(local: LocalAws): Table<Role> {
  return local.store.table<Role>('iam-roles');
}

export function findRole(local: LocalAws, name: string): Role | null {
  return roles(local).get(name.toLowerCase()) ?? null;
}

export function findRoleByArn(local: LocalAws, arn: string): Role | null {
  const role = findRole(local, arn.slice(arn.lastIndexOf('/') + 1));
  return role?.arn === arn ? role : null;
}

/** @throws AwsError NoSuchEntity */
export function getRole(local: LocalAws, name: string): Role {
  const role = findRole(local, name);
  if (role === null) throw noSuchRole(name);
  return role;
}

export function noSuchRole(name: string): AwsError {
  return new AwsError('NoSuchEntity', `The role with name ${name} cannot be found.`, 404);
}
