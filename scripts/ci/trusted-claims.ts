import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

type Json = Readonly<Record<string, unknown>>;

/** What a role of an assembly demands of a web identity. */
export interface TrustedClaims {
  /** Of the template: `GitHubDeployRole`. */
  readonly stack: string;
  /** By claim, any one of the values; with a `*` where the role compares by likeness. `iss` is the host of the issuer. */
  readonly claims: ReadonlyMap<string, readonly string[]>;
}

const action = 'sts:AssumeRoleWithWebIdentity';

function isObject(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function listed(value: unknown): string[] {
  return (Array.isArray(value) ? value : [value]).filter((one) => typeof one === 'string');
}

/** Conditions such as `HOST:sub`; of another kind none is read, for it could not be shown beside a claim. */
function claimsOf(statement: Json): Map<string, readonly string[]> {
  const claims = new Map<string, readonly string[]>();
  for (const operator of ['StringEquals', 'StringLike']) {
    const conditions = isObject(statement['Condition']) ? statement['Condition'][operator] : null;
    for (const [key, values] of isObject(conditions) ? Object.entries(conditions) : []) {
      const [, host, claim] = /^(.+):(\w+)$/.exec(key) ?? [];
      if (host === undefined || claim === undefined) continue;
      claims.set('iss', [host]);
      claims.set(claim, listed(values));
    }
  }
  return claims;
}

function statementsOf(resource: unknown): Json[] {
  if (!isObject(resource) || resource['Type'] !== 'AWS::IAM::Role' || !isObject(resource['Properties'])) return [];
  const policy = resource['Properties']['AssumeRolePolicyDocument'];
  const statements = isObject(policy) ? policy['Statement'] : [];
  return (Array.isArray(statements) ? statements : [statements]).filter(isObject).filter((statement) => listed(statement['Action']).includes(action));
}

function rolesOf(file: string, stack: string): TrustedClaims[] {
  const text = readFileSync(file, 'utf8');
  if (!text.includes(action)) return [];
  const template: unknown = JSON.parse(text);
  const resources = isObject(template) && isObject(template['Resources']) ? Object.values(template['Resources']) : [];
  return resources.flatMap(statementsOf).map((statement) => ({ stack, claims: claimsOf(statement) }));
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
