import { verifyProperties } from '../../scripts/local-aws/cloudformation/verify-properties';
import type { Json, ResourceType } from '../../scripts/local-aws/resource';
import { resourceTypes } from '../../scripts/local-aws/resource-types';
import type { Shape } from '../../scripts/local-aws/shape';
import { specified, type Structure } from './specification';

/** CloudFormation's specification has no resource type of CDK's own. */
const types = [...resourceTypes.values()].filter(({ name }) => name !== 'AWS::CDK::Metadata').map((type) => [type.name, type] as const);

test.each(types)('%s has the properties that CloudFormation has, and replaces where it does', (name, type) => {
  const specification = specified(name);
  const rules = Object.entries(type.properties);
  expect(rules.map(([property]) => property).filter((property) => !specification?.properties.has(property))).toEqual([]);
  // Where it may replace or not, the type decides.
  const replaces = rules.map(([property, rule]) => ({ property, here: rule === 'replace' ? 'yes' : 'no', there: specification?.properties.get(property) }));
  expect(replaces.filter(({ here, there }) => there !== 'maybe' && here !== there)).toEqual([]);
  expect(specification?.required.filter((property) => !Object.hasOwn(type.properties, property))).toEqual([]);
});

test.each(types)('%s says of each structure among its properties, to the bottom, what it may hold', (name, type) => {
  const structures = new Map([...(specified(name)?.structures ?? [])].filter(([property]) => Object.hasOwn(type.properties, property)));
  expect(Object.keys(type.shapes ?? {}).toSorted()).toEqual([...structures.keys()].toSorted());
  expect([...structures].flatMap(([property, structure]) => strangers(type.shapes?.[property] ?? {}, structure, property))).toEqual([]);
});

test.each(types)('of a property that %s records, no part is said to have an effect', (_, { properties, shapes = {} }) => {
  const recorded = Object.entries(shapes).filter(([property]) => properties[property] === 'recorded');
  expect(recorded.flatMap(([property, shape]) => leaves(shape, property).filter(([, effect]) => effect === 'obeyed'))).toEqual([]);
});

const refused = types.flatMap(([, type]) => partsRefused(type).map(({ path, properties }) => [path, type, properties] as const));

test('there are parts of properties that CloudFormation has and the local AWS has not', () => {
  const paths = refused.map(([path, { name }]) => `${name} ${path}`);
  expect(paths).toEqual(expect.arrayContaining([
    'AWS::DynamoDB::Table GlobalSecondaryIndexes.WarmThroughput', 'AWS::Lambda::Function Code.ZipFile', 'AWS::Lambda::Function LoggingConfig.SystemLogLevel',
    'AWS::S3::Bucket BucketEncryption.ServerSideEncryptionConfiguration.BlockedEncryptionTypes',
  ]));
});

test.each(refused)('%s is refused by name', (path, type, properties) => {
  const member = path.split('.').at(-1) ?? '';
  expect(() => verifyProperties(type, properties, 'It')).toThrow(`extraneous key [${member}] is not permitted (for ${type.name} in the local AWS)`);
});

test.each<[string, string, Json, string]>([
  ['AWS::S3::Bucket', 'VersioningConfiguration', 'Enabled', '#/VersioningConfiguration: expected type: JSONObject, found: String'],
  ['AWS::S3::Bucket', 'Tags', [{ Key: 'a', Value: 'b' }, 3], '#/Tags/1: expected type: JSONObject, found: Number'],
  ['AWS::S3::Bucket', 'LifecycleConfiguration', { Rules: [{ Status: 'Enabled', Expires: 1 }] }, '#/LifecycleConfiguration/Rules/0: extraneous key [Expires] is not permitted'],
  ['AWS::S3::Bucket', 'PublicAccessBlockConfiguration', null, '#/PublicAccessBlockConfiguration: expected type: JSONObject, found: Null'],
  ['AWS::DynamoDB::Table', 'GlobalSecondaryIndexes', [{ Projection: true }], '#/GlobalSecondaryIndexes/0/Projection: expected type: JSONObject, found: Boolean'],
  ['AWS::Lambda::Function', 'Environment', { constructor: {} }, '#/Environment: extraneous key [constructor] is not permitted'],
])('%s refuses %s %j', (name, property, value, message) => {
  const type = resourceTypes.get(name);
  expect(() => { if (type !== undefined) verifyProperties(type, { [property]: value }, 'It'); }).toThrow(`Properties validation failed for resource It with message: ${message} (for ${name} in the local AWS)`);
});

/** Members of a shape that the structure has not, and values that are structures or the other way round. */
function strangers(shape: Shape, structure: Structure, path: string): readonly string[] {
  return Object.entries(shape).flatMap(([name, inner]) => {
    const there = structure.get(name);
    if (there === undefined || (there === null) !== (typeof inner === 'string')) return [`${path}.${name}`];
    return there === null || typeof inner === 'string' ? [] : strangers(inner, there, `${path}.${name}`);
  });
}

function leaves(shape: Shape, path: string): readonly (readonly [string, string])[] {
  return Object.entries(shape).flatMap(([name, inner]) => (typeof inner === 'string' ? [[`${path}.${name}`, inner] as const] : leaves(inner, `${path}.${name}`)));
}

/** A template's properties for each part that is not modelled. */
function partsRefused({ name, shapes = {} }: ResourceType): readonly { readonly path: string; readonly properties: { [property: string]: Json } }[] {
  const structures = specified(name)?.structures ?? new Map<string, Structure>();
  return Object.entries(shapes).flatMap(([property, shape]) => missing(shape, structures.get(property) ?? new Map(), [property]))
    .map((path) => ({ path: path.join('.'), properties: path.reduceRight<Json>((inner, part) => ({ [part]: inner }), {}) as { [property: string]: Json } }));
}

function missing(shape: Shape, structure: Structure, path: readonly string[]): readonly (readonly string[])[] {
  return [...structure].flatMap(([name, there]) => {
    const inner = shape[name];
    if (inner === undefined) return [[...path, name]];
    return typeof inner === 'string' || there === null ? [] : missing(inner, there, [...path, name]);
  });
}
