import { AwsError } from '../aws-error';
import type { Json, JsonObject } from '../resource';

const judged = ['Parameters', 'Mappings', 'Conditions', 'Rules', 'Resources', 'Outputs'];

/** @throws AwsError ValidationError that leads to the first null of a template, with the path that CloudFormation gives it */
export function refuseNull(template: JsonObject): void {
  for (const section of judged) {
    const path = template[section] === undefined ? null : pathToNull(template[section]);
    if (path === null) continue;
    const [id, member, ...rest] = path;
    // A property is said to be of the type.
    const said = section === 'Resources' && member === 'Properties' ? [id, 'Type', ...rest] : path;
    throw new AwsError('ValidationError', `[/${[section, ...said].join('/')}] 'null' values are not allowed in templates`);
  }
}

function pathToNull(value: Json): readonly string[] | null {
  if (value === null) return [];
  if (typeof value !== 'object') return null;
  for (const [name, member] of Object.entries(value)) {
    const path = pathToNull(member);
    if (path !== null) return [name, ...path];
  }
  return null;
}
