import { isJsonObject } from '../../configuration/json-object';
import { unsupported } from '../aws-error';
import type { Json, JsonObject } from '../resource';
import { parseConditions, type Condition } from './conditions';
import { malformed } from './malformed';

/** A policy as it is written: `{ Version, Statement: [ … ] }`. */
export type PolicyDocument = JsonObject;

/** Patterns, and whether the element was its Not form. */
export interface Patterns {
  readonly not: boolean;
  readonly patterns: readonly string[];
}

/** Who a statement of a resource's policy is about. `'*'` is everybody. */
export type Principals = '*' | Readonly<Partial<Record<PrincipalKind, readonly string[]>>>;

/** The kinds of principals that are modelled. */
export type PrincipalKind = 'AWS' | 'Service' | 'Federated';

/** A statement that was read: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_statement.html */
export interface Statement {
  readonly effect: 'Allow' | 'Deny';
  readonly actions: Patterns;
  /** Null in a trust policy, which is about its role. */
  readonly resources: Patterns | null;
  /** Null in an identity's policy. */
  readonly principals: Principals | null;
  readonly conditions: readonly Condition[];
}

/** A policy that was read. */
export interface ParsedPolicy {
  /** Policies of 2008 have no variables: `${…}` is text in them. */
  readonly variables: boolean;
  readonly statements: readonly Statement[];
}

const policyElements = new Set(['Version', 'Id', 'Statement']);
const statementElements = new Set(['Sid', 'Effect', 'Action', 'NotAction', 'Resource', 'NotResource', 'Principal', 'NotPrincipal', 'Condition']);
const parsed = new WeakMap<PolicyDocument, ParsedPolicy>();

/**
 * Reads a policy, whether of an identity, of a resource or a trust policy.
 *
 * @throws AwsError MalformedPolicyDocument; UnsupportedOperation for what AWS has and the local AWS does not
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_grammar.html
 */
export function parsePolicy(document: PolicyDocument): ParsedPolicy {
  const known = parsed.get(document);
  if (known !== undefined) return known;
  const unknown = Object.keys(document).find((element) => !policyElements.has(element));
  const { Version: version = '2008-10-17', Statement: statement } = document;
  if (unknown !== undefined || statement === undefined || (version !== '2012-10-17' && version !== '2008-10-17')) throw malformed();
  const statements = (Array.isArray(statement) ? statement : [statement]).map((each) => parseStatement(each));
  if (statements.length === 0) throw malformed();
  verifySids(Array.isArray(statement) ? statement : [statement]);
  const policy = { variables: version === '2012-10-17', statements };
  parsed.set(document, policy);
  return policy;
}

/** @throws AwsError MalformedPolicyDocument where it is not a policy that an identity can have */
export function verifyIdentityPolicy(document: PolicyDocument): void {
  for (const { actions, resources, principals } of parsePolicy(document).statements) {
    if (principals !== null) throw malformed('Policy document should not specify a principal.');
    if (resources === null) throw malformed('Policy statement must contain resources.');
    verifyActions(actions);
    for (const resource of resources.patterns) {
      if (resource !== '*' && !resource.startsWith('arn:')) throw malformed(`Resource ${resource} must be in ARN format or "*".`);
    }
  }
}

/** @throws AwsError MalformedPolicyDocument where it is not a trust policy */
export function verifyTrustPolicy(document: PolicyDocument): void {
  for (const { actions, resources, principals } of parsePolicy(document).statements) {
    if (resources !== null) throw malformed('Has prohibited field Resource.');
    if (principals === null) throw malformed('AssumeRole policy must contain a principal.');
    verifyActions(actions);
    if (actions.not || actions.patterns.some((action) => action !== '*' && !action.toLowerCase().startsWith('sts:'))) {
      throw malformed('AssumeRole policy may only specify STS AssumeRole actions.');
    }
  }
}

function verifyActions({ patterns }: Patterns): void {
  if (patterns.some((action) => action !== '*' && !/^[\w-]+:/.test(action))) {
    throw malformed('Actions/Conditions must be prefaced by a vendor, e.g., iam, sdb, ec2, etc.');
  }
}

function parseStatement(json: Json): Statement {
  const statement = asObject(json);
  if (Object.keys(statement).some((element) => !statementElements.has(element))) throw malformed();
  const { Effect: effect, NotPrincipal: notPrincipal, Principal: principal, Condition: condition } = statement;
  if (effect !== 'Allow' && effect !== 'Deny') throw malformed();
  if (notPrincipal !== undefined) throw unsupported('NotPrincipal in a policy');
  const actions = parsePatterns(statement, 'Action', 'NotAction');
  if (actions === null) throw malformed('Policy statement must contain actions.');
  return {
    effect,
    actions,
    resources: parsePatterns(statement, 'Resource', 'NotResource'),
    principals: principal === undefined ? null : parsePrincipals(principal),
    conditions: condition === undefined ? [] : parseConditions(asObject(condition)),
  };
}

function parsePatterns(statement: JsonObject, element: string, notElement: string): Patterns | null {
  const { [element]: patterns, [notElement]: notPatterns } = statement;
  if (patterns !== undefined && notPatterns !== undefined) throw malformed();
  if (patterns !== undefined) return { not: false, patterns: asTexts(patterns) };
  return notPatterns === undefined ? null : { not: true, patterns: asTexts(notPatterns) };
}

function parsePrincipals(json: Json): Principals {
  if (json === '*') return json;
  const kinds = Object.entries(asObject(json)).map(([kind, names]) => {
    if (kind === 'CanonicalUser') throw unsupported('a CanonicalUser in a policy');
    if (kind !== 'AWS' && kind !== 'Service' && kind !== 'Federated') throw malformed();
    return [kind, asTexts(names)] as const;
  });
  if (kinds.length === 0) throw malformed();
  return Object.fromEntries(kinds);
}

function verifySids(statements: readonly Json[]): void {
  const sids = statements.map((each) => asObject(each)['Sid']).filter((sid) => sid !== undefined);
  if (sids.some((sid) => typeof sid !== 'string')) throw malformed();
  if (new Set(sids).size < sids.length) throw malformed('Statement IDs (SID) in a single policy must be unique.');
}

function asObject(json: Json): JsonObject {
  if (!isJsonObject(json)) throw malformed();
  return json;
}

function asTexts(json: Json): string[] {
  const texts = Array.isArray(json) ? json : [json];
  // CloudFormation turns `Principal: { AWS: 123456789012 }` of YAML into text.
  return texts.map((text) => {
    if (typeof text !== 'string' && typeof text !== 'number') throw malformed();
    return String(text);
  });
}
