import { AwsError, constraintBroken } from '../aws-error';
import type { LocalAws } from '../service';
import { verifyCount, verifyName, verifySize } from './limits';
import { malformed } from './malformed';
import { getManagedPolicy } from './managed-policies';
import { parsePolicy, verifyIdentityPolicy, verifyTrustPolicy, type PolicyDocument } from './policy-document';
import { findRoleByArn, type Role } from './roles';

// What IAM's calls change of a role. What throws changes nothing.

/** Gives the role an inline policy, or another of that name. @throws AwsError ValidationError, MalformedPolicyDocument, LimitExceeded */
export function putRolePolicy(role: Role, name: string, document: PolicyDocument): void {
  verifyName('policyName', name, 128);
  verifyIdentityPolicy(document);
  const policies = { ...role.inlinePolicies, [name]: document };
  const size = Object.values(policies).reduce((sum, policy) => sum + JSON.stringify(policy).length, 0);
  if (size > 10_240) throw new AwsError('LimitExceeded', `Maximum policy size of 10240 bytes exceeded for role ${role.name}`, 409);
  role.inlinePolicies = policies;
}

/** Takes an inline policy away, where the role has it. */
export function deleteRolePolicy(role: Role, name: string): void {
  delete role.inlinePolicies[name];
}

/** @throws AwsError NoSuchEntity, LimitExceeded; UnsupportedOperation for a policy of AWS that is not modelled */
export function attachRolePolicy(local: LocalAws, role: Role, arn: string): void {
  getManagedPolicy(local, arn);
  const attached = [...new Set([...role.attachedPolicies, arn])];
  verifyCount('PoliciesPerRole', attached.length, 10);
  role.attachedPolicies = attached;
}

/** Takes a managed policy away, where the role has it. */
export function detachRolePolicy(role: Role, arn: string): void {
  role.attachedPolicies = role.attachedPolicies.filter((each) => each !== arn);
}

/**
 * @param arn of a managed policy; null for no permissions boundary
 * @throws AwsError NoSuchEntity; UnsupportedOperation for a policy of AWS that is not modelled
 */
export function setBoundary(local: LocalAws, role: Role, arn: string | null): void {
  if (arn !== null) getManagedPolicy(local, arn);
  role.permissionsBoundary = arn;
}

/**
 * @param seconds null for IAM's own default, an hour
 * @throws AwsError ValidationError
 */
export function setMaxSessionDuration(role: Role, seconds: number | null): void {
  const value = seconds ?? 3600;
  const limit = value < 3600 ? 'greater than or equal to 3600' : 'less than or equal to 43200';
  if (!Number.isInteger(value) || value < 3600 || value > 43_200) {
    throw new AwsError('ValidationError', constraintBroken('maxSessionDuration', String(value), `have value ${limit}`));
  }
  role.maxSessionDuration = value;
}

/** @throws AwsError MalformedPolicyDocument, also where a role that it names does not exist; LimitExceeded */
export function setTrust(local: LocalAws, role: Role, document: PolicyDocument): void {
  verifyTrust(local, document);
  role.trust = document;
  role.trustedIds = Object.fromEntries(
    trustedNames(document).flatMap((name) => {
      const id = findRoleByArn(local, name)?.id;
      return id === undefined ? [] : [[name, id]];
    }),
  );
}

/** As {@link setTrust}, and changes nothing. @throws AwsError MalformedPolicyDocument, LimitExceeded */
export function verifyTrust(local: LocalAws, document: PolicyDocument): void {
  verifyTrustPolicy(document);
  verifySize('ACLSizePerRole', document, 2048);
  const unknown = trustedNames(document).find((name) => !isPrincipal(local, name));
  if (unknown !== undefined) throw malformed(`Invalid principal in policy: "AWS":"${unknown}"`);
  // Whether there is such a provider is asked when a token comes.
  if (!trustedNames(document, 'Federated').every((name) => federated.test(name))) throw malformed('Federated principals must be valid domain names or SAML metadata ARNs');
}

const federated = /^(arn:aws:iam::\d{12}:(oidc|saml)-provider\/\S+|[\w-]+(\.[\w-]+)+)$/;

function trustedNames(document: PolicyDocument, kind: 'AWS' | 'Federated' = 'AWS'): readonly string[] {
  return parsePolicy(document).statements.flatMap(({ principals }) => (principals === null || principals === '*' ? [] : (principals[kind] ?? [])));
}

function isPrincipal(local: LocalAws, name: string): boolean {
  if (name.startsWith(`arn:aws:iam::${local.account}:role/`)) return findRoleByArn(local, name) !== null;
  return name === '*' || /^\d{12}$/.test(name) || /^arn:aws:(iam::\d{12}:(root|role\/.+|user\/.+)|sts::\d{12}:assumed-role\/[^/]+\/[^/]+)$/.test(name);
}
