import { OidcProviderNative } from 'aws-cdk-lib/aws-iam';
import { RemovalPolicy, Stack } from 'aws-cdk-lib/core';
import type { Construct } from 'constructs';
import { hostOf, type Trust } from './trust';

/**
 * The ARN of the account's identity provider for the issuer. An account has one, which all its roles share: so the
 * second stack imports it, and the first leaves it behind when it is destroyed.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_providers_create_oidc.html
 */
export function identityProviderArn(scope: Construct, { issuer, audience }: Pick<Trust, 'issuer' | 'audience'>, imported: boolean): string {
  if (imported) return Stack.of(scope).formatArn({ service: 'iam', region: '', resource: 'oidc-provider', resourceName: hostOf(issuer) });
  const provider = new OidcProviderNative(scope, 'Provider', { url: issuer, clientIds: [audience], removalPolicy: RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE });
  return provider.oidcProviderArn;
}
