import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { isJsonObject, type JsonObject } from '../configuration/json-object';

/** What a claim may be: this text, or what is like it. */
export interface TrustedValue {
  readonly text: string;
  /** Whether the role compares by likeness, so that `*` and `?` stand for others. */
  readonly isPattern: boolean;
}

/** What a role of an assembly demands of a web identity. */
export interface TrustedClaims {
  /** Of the template: `GitHubDeployRole`. */
  readonly stack: string;
  /** The stack's output with the role's ARN; `null` where it has none. */
  readonly output: string | null;
  /** By claim, any one of the values. `iss` is the host of the issuer. */
  readonly claims: ReadonlyMap<string, readonly TrustedValue[]>;
}

const action = 'sts:AssumeRoleWithWebIdentity';

/** One text or a list of them, as policies have both. */
function textsIn(value: unknown): string[] {
  return (Array.isArray(value) ? value : [value]).filter((one) => typeof one === 'string');
}

/** Conditions such as `HOST:sub`; of another kind none is read, for it could not be shown beside a claim. */
function claimsOf(statement: JsonObject): Map<string, readonly TrustedValue[]> {
  const claims = new Map<string, readonly TrustedValue[]>();
  for (const operator of ['StringEquals', 'StringLike']) {
    const conditions = isJsonObject(statement['Condition']) ? statement['Condition'][operator] : null;
    for (const [key, values] of isJsonObject(conditions) ? Object.entries(conditions) : []) {
      const [, host, claim] = /^(.+):(\w+)$/.exec(key) ?? [];
      if (host === undefined || claim === undefined) continue;
      claims.set('iss', [{ text: host, isPattern: false }]);
      claims.set(claim, textsIn(values).map((text) => ({ text, isPattern: operator === 'StringLike' })));
    }
  }
  return claims;
}

function statementsOf(resource: unknown): JsonObject[] {
  if (!isJsonObject(resource) || resource['Type'] !== 'AWS::IAM::Role' || !isJsonObject(resource['Properties'])) return [];
  const policy = resource['Properties']['AssumeRolePolicyDocument'];
  const statements = isJsonObject(policy) ? policy['Statement'] : [];
  return (Array.isArray(statements) ? statements : [statements]).filter(isJsonObject).filter((statement) => textsIn(statement['Action']).includes(action));
}

function section(template: unknown, name: string): [string, unknown][] {
  return isJsonObject(template) && isJsonObject(template[name]) ? Object.entries(template[name]) : [];
}

/** The output that is the ARN of the resource `id`. */
function outputOf(template: unknown, id: string): string | null {
  const isArn = (output: unknown): boolean => isJsonObject(output) && isJsonObject(output['Value']) && textsIn(output['Value']['Fn::GetAtt']).join('.') === `${id}.Arn`;
  return section(template, 'Outputs').find(([, output]) => isArn(output))?.[0] ?? null;
}

function rolesOf(file: string, stack: string): TrustedClaims[] {
  const text = readFileSync(file, 'utf8');
  if (!text.includes(action)) return [];
  const template: unknown = JSON.parse(text);
  return section(template, 'Resources').flatMap(([id, resource]) => statementsOf(resource).map((statement) => ({ stack, output: outputOf(template, id), claims: claimsOf(statement) })));
}

/** The roles for web identities in the templates of the assembly in `directory`. Empty where there is none, or none to read. */
export function trustedClaimsIn(directory: string): TrustedClaims[] {
  try {
    const templates = readdirSync(directory).filter((name) => name.endsWith('.template.json'));
    return templates.flatMap((name) => rolesOf(join(directory, name), name.slice(0, -'.template.json'.length)));
  } catch {
    return [];
  }
}
