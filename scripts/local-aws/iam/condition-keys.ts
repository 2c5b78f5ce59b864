import { isClaimKey } from './web-identity-claims';

/**
 * Keys that a request of the local AWS can truly lack. Those that it has are in its context;
 * a key that is neither there nor here is an error, for to call it absent would be a guess.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html
 */
const absentKeys: readonly RegExp[] = [
  /^aws:(principal|request|resource)tag\/./,
  /^aws:tagkeys$/,
  // Only users have names; nothing here belongs to an organization, a VPC or another service's call.
  /^aws:username$/,
  /^aws:(principalorgid|principalorgpaths|resourceorgid|resourceorgpaths|sourceorgid|sourceorgpaths)$/,
  /^aws:(sourcevpc|sourcevpce|sourcevpcarn|vpcsourceip|ec2instancesourcevpc)$/,
  /^aws:(calledvia|calledviafirst|calledvialast|principalservicename|principalservicenameslist)$/,
  /^aws:(sourcearn|sourceaccount|sourceidentity|federatedprovider|multifactorauthage)$/,
  /^sts:(externalid|sourceidentity|transitivetagkeys)$/,
  /^iam:resourcetag\/./,
  /^kms:viaservice$/,
  /^ssm:resourcetag\/./,
];

/** Tokens lack claims, and calls without a token have none. */
export function canBeAbsent(key: string): boolean {
  const lower = key.toLowerCase();
  return absentKeys.some((pattern) => pattern.test(lower)) || isClaimKey(lower);
}
