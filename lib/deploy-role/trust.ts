import { FederatedPrincipal } from 'aws-cdk-lib/aws-iam';

/** The system whose jobs may assume a role. */
export type CiSystem = 'github' | 'gitlab';

/** The audience of tokens for AWS. */
export const awsAudience = 'sts.amazonaws.com';

/** Which jobs may assume a role: those whose token says all of this. */
export interface Trust {
  readonly system: CiSystem;
  /** Its URL. */
  readonly issuer: string;
  readonly audience: string;
  /** Any of them is enough. */
  readonly subjects: readonly string[];
  /** Further claims that STS reads, each with its value: `repository_id`, `ref`. */
  readonly claims: Readonly<Record<string, string>>;
}

/** As ARNs and condition keys have it. */
export function hostOf(issuer: string): string {
  return issuer.replace(/^https?:\/\//, '');
}

/**
 * Equality for all but subjects in which the person wrote a `*`.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_providers_create_for-idp_oidc.html
 */
export function principalOf(trust: Trust, providerArn: string): FederatedPrincipal {
  const key = (claim: string): string => `${hostOf(trust.issuer)}:${claim}`;
  const others = Object.entries(trust.claims).map(([claim, value]) => [key(claim), value]);
  const subjects = { [key('sub')]: trust.subjects.length === 1 ? trust.subjects[0] : [...trust.subjects] };
  const equal = { [key('aud')]: trust.audience, ...Object.fromEntries(others) };
  const conditions = trust.subjects.some((subject) => subject.includes('*'))
    ? { StringEquals: equal, StringLike: subjects }
    : { StringEquals: { ...equal, ...subjects } };
  return new FederatedPrincipal(providerArn, conditions, 'sts:AssumeRoleWithWebIdentity');
}
