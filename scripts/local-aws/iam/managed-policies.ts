import { AwsError, unsupported } from '../aws-error';
import { namedBy } from '../physical-name';
import type { LocalAws } from '../service';
import type { Table } from '../store';
import { uniqueId } from '../sts/key-ids';
import { awsPolicies } from './aws-managed-policies';
import { verifyName, verifySize } from './limits';
import { verifyIdentityPolicy, type PolicyDocument } from './policy-document';
import { roles } from './roles';

/** A policy that can be attached. */
export interface ManagedPolicy {
  readonly name: string;
  /** Begins and ends with a slash. */
  readonly path: string;
  readonly arn: string;
  /** `ANPA…` */
  readonly id: string;
  readonly description: string;
  /** ISO 8601. */
  readonly created: string;
  /** ISO 8601. */
  updated: string;
  /** `v1`, and one more with each change. */
  version: string;
  document: PolicyDocument;
}

/** The name of a policy that a stack makes. */
export const managedPolicyName = namedBy('ManagedPolicyName', 128);

/** @param path begins and ends with a slash */
export function policyArn(local: LocalAws, path: string, name: string): string {
  return `arn:aws:iam::${local.account}:policy${path}${name}`;
}

/** The account's own managed policies, by ARN. */
export function customerPolicies(local: LocalAws): Table<ManagedPolicy> {
  return local.store.table<ManagedPolicy>('iam-policies');
}

/** The managed policy of that ARN, as it is now. @throws AwsError NoSuchEntity; UnsupportedOperation for a policy of AWS that is not modelled */
export function getManagedPolicy(local: LocalAws, arn: string): ManagedPolicy {
  const own = customerPolicies(local).get(arn);
  if (own !== undefined) return own;
  const path = /^arn:aws:iam::aws:policy\/(.+)$/.exec(arn)?.[1];
  if (path === undefined) throw noSuchPolicy(arn);
  const document = awsPolicies.get(path);
  if (document === undefined) throw unsupported(`the managed policy ${arn}`);
  const name = path.slice(path.lastIndexOf('/') + 1);
  const created = '2015-02-06T18:39:46Z';
  return { name, path: `/${path.slice(0, -name.length)}`, arn, id: `ANPA${name.toUpperCase().slice(0, 17)}`, description: '', created, updated: created, version: 'v1', document };
}

/** What a managed policy is made of. The path begins and ends with a slash. */
export interface ManagedPolicyInit {
  readonly name: string;
  readonly path: string;
  readonly description: string;
  readonly document: PolicyDocument;
}

/** @throws AwsError EntityAlreadyExists, MalformedPolicyDocument, LimitExceeded */
export function createManagedPolicy(local: LocalAws, { name, path, description, document }: ManagedPolicyInit): ManagedPolicy {
  verifyName('policyName', name, 128);
  verifyManagedDocument(document);
  const policies = customerPolicies(local);
  const arn = policyArn(local, path, name);
  if ([...policies.values()].some((policy) => policy.name.toLowerCase() === name.toLowerCase())) {
    throw new AwsError('EntityAlreadyExists', `A policy called ${name} already exists. Duplicate names are not allowed.`, 409);
  }
  const created = new Date().toISOString();
  const policy = { name, path, arn, id: uniqueId('ANPA', local.account), description, created, updated: created, version: 'v1', document };
  policies.set(arn, policy);
  return policy;
}

/** Makes `document` the policy's next version, and the one that counts. */
export function changeManagedPolicy(local: LocalAws, arn: string, document: PolicyDocument): ManagedPolicy {
  const policy = customerPolicies(local).get(arn);
  if (policy === undefined) throw noSuchPolicy(arn);
  verifyManagedDocument(document);
  policy.document = document;
  policy.version = `v${Number(policy.version.slice(1)) + 1}`;
  policy.updated = new Date().toISOString();
  return policy;
}

/** @throws AwsError DeleteConflict where a role has it */
export function deleteManagedPolicy(local: LocalAws, arn: string): void {
  if (attachmentCount(local, arn) + boundaryCount(local, arn) > 0) throw new AwsError('DeleteConflict', 'Cannot delete a policy attached to entities.', 409);
  customerPolicies(local).delete(arn);
}

/** How many roles have it attached. */
export function attachmentCount(local: LocalAws, arn: string): number {
  return [...roles(local).values()].filter(({ attachedPolicies }) => attachedPolicies.includes(arn)).length;
}

/** How many roles have it as their permissions boundary. */
export function boundaryCount(local: LocalAws, arn: string): number {
  return [...roles(local).values()].filter(({ permissionsBoundary }) => permissionsBoundary === arn).length;
}

function verifyManagedDocument(document: PolicyDocument): void {
  verifyIdentityPolicy(document);
  verifySize('PolicySize', document, 6144);
}

function noSuchPolicy(arn: string): AwsError {
  return new AwsError('NoSuchEntity', `Policy ${arn} does not exist or is not attachable.`, 404);
}
