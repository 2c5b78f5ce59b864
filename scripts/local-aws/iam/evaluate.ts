import { conditionHolds } from './conditions';
import { parsePolicy, type Patterns, type PolicyDocument, type Principals, type Statement } from './policy-document';
import { patternTokens } from './policy-variables';
import { matchesPrincipal, type RequestPrincipal } from './principals';
import { requestContext, type ContextValue, type RequestContext } from './request-context';
import { matchesTokens, matchesWildcards } from './wildcards';

/** Nothing that applies is an implicit deny. */
export type Decision = 'allow' | 'deny' | 'implicit-deny';

/** A call that policies are asked about. */
export interface PolicyRequest {
  /** `s3:PutObject` */
  readonly action: string;
  /** ARN, or `*`. */
  readonly resource: string;
  /** By condition key, in any case. */
  readonly context: Readonly<Record<string, ContextValue>>;
  /** Condition keys that it may have beyond `context`. */
  readonly unknownKeys?: RegExp | undefined;
  /** Who asks, for policies of resources and roles, whose statements name principals. */
  readonly principal?: RequestPrincipal;
}

/**
 * What `policies` together say of a request. Every statement is looked at, so that one that cannot be judged is an error
 * whatever the others say.
 *
 * @throws AwsError MalformedPolicyDocument; UnsupportedOperation for a condition operator or key that is not modelled
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html
 */
export function evaluate(policies: readonly PolicyDocument[], request: PolicyRequest): Decision {
  const context = requestContext(request.context, request.unknownKeys);
  const effects = new Set(
    policies.flatMap((document) => {
      const { statements, variables } = parsePolicy(document);
      return statements.filter((statement) => applies(statement, request, context, variables)).map(({ effect }) => effect);
    }),
  );
  if (effects.has('Deny')) return 'deny';
  return effects.has('Allow') ? 'allow' : 'implicit-deny';
}

function applies(statement: Statement, request: PolicyRequest, context: RequestContext, variables: boolean): boolean {
  const { principals, actions, resources, conditions } = statement;
  if (!isAbout(principals, request.principal)) return false;
  const action = request.action.toLowerCase();
  if (!matchesAny(actions, (pattern) => matchesWildcards(pattern.toLowerCase(), action))) return false;
  if (resources !== null && !matchesAny(resources, (pattern) => matchesResource(pattern, request.resource, variables ? context : null))) return false;
  return conditions.map((condition) => conditionHolds(condition, context, variables)).every(Boolean);
}

/** Statements of identities name nobody, and those of resources and roles must name somebody. */
function isAbout(principals: Principals | null, principal: RequestPrincipal | undefined): boolean {
  if (principals === null || principal === undefined) return principals === null && principal === undefined;
  return matchesPrincipal(principals, principal);
}

function matchesAny({ not, patterns }: Patterns, matches: (pattern: string) => boolean): boolean {
  return patterns.some((pattern) => matches(pattern)) !== not;
}

function matchesResource(pattern: string, resource: string, context: RequestContext | null): boolean {
  const tokens = patternTokens(pattern, context);
  return tokens !== null && matchesTokens(tokens, resource);
}
