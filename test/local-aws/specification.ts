import { loadAwsServiceSpecSync } from '@aws-cdk/aws-service-spec';

/** What CloudFormation's own specification says of a resource type. */
export interface Specified {
  /** `yes`, `no` or `maybe`: whether a change of the property replaces the resource. */
  readonly properties: ReadonlyMap<string, 'yes' | 'no' | 'maybe'>;
  readonly required: readonly string[];
  readonly attributes: readonly string[];
}

const specification = loadAwsServiceSpecSync();

/** Null where CloudFormation has no such type. */
export function specified(type: string): Specified | null {
  const [resource] = specification.lookup('resource', 'cloudFormationType', 'equals', type);
  if (resource === undefined) return null;
  const properties = Object.entries(resource.properties);
  return {
    properties: new Map(properties.map(([name, { causesReplacement }]) => [name, causesReplacement ?? 'no'])),
    required: properties.filter(([, { required }]) => required === true).map(([name]) => name),
    attributes: Object.keys(resource.attributes),
  };
}
