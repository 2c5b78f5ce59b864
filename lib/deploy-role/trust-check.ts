import { CfnOIDCProvider, CfnRole } from 'aws-cdk-lib/aws-iam';
import { Annotations, AspectPriority, Aspects, type IAspect, type Stack } from 'aws-cdk-lib/core';
import type { IConstruct } from 'constructs';
import { withText } from './intrinsics';
import { hostOf, type Trust } from './trust';
import { lintTrustPolicy } from './trust-linter';

/** The ARNs of the providers that `stack` makes, by logical id, as an import would write them. */
function providersOf(stack: Stack): ReadonlyMap<string, string> {
  const providers = stack.node.findAll().filter((node): node is CfnOIDCProvider => node instanceof CfnOIDCProvider);
  return new Map(providers.map((provider) => [
    String(stack.resolve(provider.logicalId)),
    String(withText(stack.resolve(stack.formatArn({ service: 'iam', region: '', resource: 'oidc-provider', resourceName: hostOf(provider.url ?? '') })), new Map())),
  ]));
}

/** As it will stand in the template, escape hatches included. */
function trustPolicyOf(role: CfnRole): unknown {
  const { stack } = role;
  const { Resources: resources } = stack.resolve(role._toCloudFormation()) as { readonly Resources: Readonly<Record<string, { readonly Properties: Readonly<Record<string, unknown>> }>> };
  return withText(Object.values(resources)[0]?.Properties['AssumeRolePolicyDocument'], providersOf(stack));
}

/** Fails the synthesis where a role of `stack` trusts more than it should, whoever wrote it there. */
export function checkTrust(stack: Stack, { system, issuer }: Pick<Trust, 'system' | 'issuer'>): void {
  const partition = String(withText(stack.resolve(stack.partition), new Map()));
  const aspect: IAspect = {
    visit(node: IConstruct) {
      if (!(node instanceof CfnRole)) return;
      for (const finding of lintTrustPolicy(trustPolicyOf(node), { system, issuer, partition })) Annotations.of(node).addError(`Trust policy: ${finding}`);
    },
  };
  Aspects.of(stack).add(aspect, { priority: AspectPriority.READONLY });
}
