import { loadAwsServiceSpecSync } from '@aws-cdk/aws-service-spec';

/** What CloudFormation's own specification says of a resource type. */
export interface Specified {
  /** `yes`, `no` or `maybe`: whether a change of the property replaces the resource. */
  readonly properties: ReadonlyMap<string, 'yes' | 'no' | 'maybe'>;
  /** The structures, and lists of structures, among the properties. */
  readonly structures: ReadonlyMap<string, Structure>;
  readonly required: readonly string[];
  readonly attributes: readonly string[];
}

/** The members of a structure: structures themselves, or null for a value, a map or a document. */
export interface Structure extends ReadonlyMap<string, Structure | null> {}

const specification = loadAwsServiceSpecSync();
const tag: Structure = new Map([['Key', null], ['Value', null]]);

/** Null where CloudFormation has no such type. */
export function specified(type: string): Specified | null {
  const resource = resourceNamed(type);
  if (resource === undefined) return null;
  const properties = Object.entries(resource.properties);
  return {
    properties: new Map(properties.map(([name, { causesReplacement }]) => [name, causesReplacement ?? 'no'])),
    structures: new Map(properties.flatMap(([name, property]) => structureOf(property.type).map((structure) => [name, structure] as const))),
    required: properties.filter(([, { required }]) => required === true).map(([name]) => name),
    attributes: Object.keys(resource.attributes),
  };
}

function resourceNamed(type: string) {
  return specification.lookup('resource', 'cloudFormationType', 'equals', type)[0];
}

type PropertyType = NonNullable<ReturnType<typeof resourceNamed>>['properties'][string]['type'];

/** None or one. Of alternatives, the one that is a structure. */
function structureOf(type: PropertyType): readonly Structure[] {
  if (type.type === 'array') return structureOf(type.element);
  if (type.type === 'union') return type.types.flatMap((each) => structureOf(each)).slice(0, 1);
  if (type.type === 'tag') return [tag];
  if (type.type !== 'ref') return [];
  const { properties } = specification.get('typeDefinition', type.reference.$ref);
  return [new Map(Object.entries(properties).map(([name, property]) => [name, structureOf(property.type)[0] ?? null]))];
}
