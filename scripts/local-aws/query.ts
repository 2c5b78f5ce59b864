import { AwsError, unsupported } from './aws-error';

/** `Tags.member.1.Key=a&Tags.member.1.Value=b` is `{Tags: {member: {1: {Key: 'a', Value: 'b'}}}}`. */
export type QueryValue = string | { readonly [name: string]: QueryValue };

/** A request of the AWS Query protocol: https://smithy.io/2.0/aws/protocols/aws-query-protocol.html */
export interface Query {
  readonly action: string;
  readonly parameters: QueryValue;
}

/** The action that a request of the Query protocol names; null where it names none. Nothing else of the body is looked at. */
export function queryAction(body: Buffer): string | null {
  return new URLSearchParams(body.toString('latin1')).get('Action');
}

type Branch = { [name: string]: QueryValue };

/** @throws AwsError MissingAction, or MalformedQueryString where a name is both a value and a structure */
export function parseQuery(body: Buffer): Query {
  const root = branch();
  let action: string | null = null;
  for (const [name, value] of new URLSearchParams(body.toString('utf8'))) {
    if (name === 'Action') action = value;
    else if (name !== 'Version') place(root, name, value);
  }
  if (action === null || action === '') throw new AwsError('MissingAction', 'The request must contain the parameter Action');
  return { action, parameters: root };
}

/** The value at `name`, which may lead inside: `Tag.Key`. `undefined` where it is not given or is a structure. */
export function queryText(parameters: QueryValue, name: string): string | undefined {
  const value = at(parameters, name);
  return typeof value === 'string' ? value : undefined;
}

/** @throws AwsError ValidationError where it is not given */
export function queryRequired(parameters: QueryValue, name: string): string {
  const value = queryText(parameters, name);
  if (value === undefined || value === '') {
    throw new AwsError('ValidationError', `1 validation error detected: Value null at '${name}' failed to satisfy constraint: Member must not be null`);
  }
  return value;
}

/** The entries of a list in order; none where it is not given, or given as empty (`Tags=`). */
export function queryList(parameters: QueryValue, name: string): readonly QueryValue[] {
  const members = at(parameters, `${name}.member`);
  if (members === undefined || typeof members === 'string') return [];
  return Object.entries(members).toSorted(([a], [b]) => Number(a) - Number(b)).map(([, value]) => value);
}

/** The texts of a list: `Capabilities.member.1=CAPABILITY_IAM`. */
export function queryTexts(parameters: QueryValue, name: string): readonly string[] {
  return queryList(parameters, name).filter((value) => typeof value === 'string');
}

/** @throws AwsError UnsupportedOperation for a parameter that is not in `known`, unless it is empty: nothing is dropped silently */
export function onlyParameters(what: string, parameters: QueryValue, known: readonly string[]): void {
  const other = typeof parameters === 'string' ? undefined : Object.keys(parameters).find((name) => !known.includes(name) && parameters[name] !== '');
  if (other !== undefined) throw unsupported(`${other} of ${what}`);
}

function at(parameters: QueryValue, name: string): QueryValue | undefined {
  let value: QueryValue | undefined = parameters;
  for (const part of name.split('.')) value = value === undefined || typeof value === 'string' ? undefined : value[part];
  return value;
}

function place(root: Branch, name: string, value: string): void {
  const parts = name.split('.');
  const last = parts.pop() ?? name;
  let here = root;
  for (const part of parts) {
    const next = here[part] ?? branch();
    if (typeof next === 'string') throw malformed(name);
    here[part] = next;
    here = next;
  }
  if (typeof here[last] === 'object') throw malformed(name);
  here[last] = value;
}

// Without a prototype, so that a parameter named `__proto__` or `constructor` is a name like any other.
function branch(): Branch {
  return Object.create(null) as Branch;
}

function malformed(name: string): AwsError {
  return new AwsError('MalformedQueryString', `The parameter ${name} is given both as a value and as a structure`);
}
