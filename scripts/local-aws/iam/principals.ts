import type { Principals } from './policy-document';

/** Who makes a request, as a policy's Principal can name it. */
export type RequestPrincipal =
  | {
      readonly kind: 'AWS';
      readonly account: string;
      /** Of the session and of its role. */
      readonly arns: readonly string[];
    }
  | { readonly kind: 'Service'; readonly name: string }
  /** The ARN of the OIDC provider. */
  | { readonly kind: 'Federated'; readonly arn: string };

/** @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html */
export function matchesPrincipal(principals: Principals, principal: RequestPrincipal): boolean {
  if (principals === '*') return true;
  const names = principals[principal.kind] ?? [];
  if (names.includes('*')) return true;
  if (principal.kind === 'Service') return names.includes(principal.name);
  if (principal.kind === 'Federated') return names.includes(principal.arn);
  return names.some((name) => namesAccount(name, principal.account)) || names.some((name) => principal.arns.includes(name));
}

/** Whether `name` is an account: twelve digits, or its root. */
function namesAccount(name: string, account: string): boolean {
  return name === account || name === `arn:aws:iam::${account}:root`;
}
