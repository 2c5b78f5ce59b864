import { AwsError } from '../aws-error';
import { namedBy } from '../physical-name';
import type { LocalAws } from '../service';
import type { Table } from '../store';
import { uniqueId } from '../sts/key-ids';
import { verifyName } from './limits';
import type { PolicyDocument } from './policy-document';

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
  trust: PolicyDocument;
  /** The ids of the roles that {@link trust} names, by ARN: IAM trusts those, and not later ones of the same name. */
  trustedIds: Record<string, string>;
  /** By name. */
  inlinePolicies: Record<string, PolicyDocument>;
  /** ARNs of managed policies. */
  attachedPolicies: string[];
  permissionsBoundary: string | null;
  tags: Record<string, string>;
}

/** The name of a role that a stack makes. */
export const roleName = namedBy('RoleName', 64);

/** @param path begins and ends with a slash */
export function roleArn(local: LocalAws, path: string, name: string): string {
  return `arn:aws:iam::${local.account}:role${path}${name}`;
}

/** Every role, by its name in lower case: names that differ in case alone are the same to IAM. */
export function roles(local: LocalAws): Table<Role> {
  return local.store.table<Role>('iam-roles');
}

/** By its name, in any case. */
export function findRole(local: LocalAws, name: string): Role | null {
  return roles(local).get(name.toLowerCase()) ?? null;
}

/** Null as well where the role of that name has another path or account. */
export function findRoleByArn(local: LocalAws, arn: string): Role | null {
  const role = findRole(local, arn.slice(arn.lastIndexOf('/') + 1));
  return role?.arn === arn ? role : null;
}

/** The condition keys that the tags of a role are, of a call about it. */
export function roleTagContext(role: Role | null): Record<string, string> {
  return Object.fromEntries(Object.entries(role?.tags ?? {}).flatMap(([key, value]) => [[`aws:ResourceTag/${key}`, value], [`iam:ResourceTag/${key}`, value]]));
}

/** @throws AwsError NoSuchEntity */
export function getRole(local: LocalAws, name: string): Role {
  const role = findRole(local, name);
  if (role === null) throw noSuchRole(name);
  return role;
}

/** IAM's refusal of a role that is not there. */
export function noSuchRole(name: string): AwsError {
  return new AwsError('NoSuchEntity', `The role with name ${name} cannot be found.`, 404);
}

/**
 * Makes a role that nobody may assume and that may do nothing yet.
 *
 * @throws AwsError EntityAlreadyExists
 */
export function createRole(local: LocalAws, name: string, path: string, trust: PolicyDocument): Role {
  verifyName('roleName', name, 64);
  if (findRole(local, name) !== null) throw new AwsError('EntityAlreadyExists', `${name} already exists`, 409);
  const role: Role = {
    name,
    path,
    arn: roleArn(local, path, name),
    id: uniqueId('AROA', local.account),
    created: new Date().toISOString(),
    description: '',
    maxSessionDuration: 3600,
    trust,
    trustedIds: {},
    inlinePolicies: {},
    attachedPolicies: [],
    permissionsBoundary: null,
    tags: {},
  };
  roles(local).set(name.toLowerCase(), role);
  return role;
}

/** @throws AwsError DeleteConflict while it has policies */
export function deleteRole(local: LocalAws, { name, attachedPolicies, inlinePolicies }: Role): void {
  if (attachedPolicies.length > 0) throw new AwsError('DeleteConflict', 'Cannot delete entity, must detach all policies first.', 409);
  if (Object.keys(inlinePolicies).length > 0) throw new AwsError('DeleteConflict', 'Cannot delete entity, must delete policies first.', 409);
  roles(local).delete(name.toLowerCase());
}
