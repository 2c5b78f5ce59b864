import { resourceTypes } from '../../scripts/local-aws/resource-types';
import { specified } from './specification';

/** CloudFormation's specification has no resource type of CDK's own. */
const types = [...resourceTypes.values()].filter(({ name }) => name !== 'AWS::CDK::Metadata');

test.each(types.map((type) => [type.name, type] as const))('%s has the properties that CloudFormation has, and replaces where it does', (name, type) => {
  const specification = specified(name);
  const rules = Object.entries(type.properties);
  expect(rules.map(([property]) => property).filter((property) => !specification?.properties.has(property))).toEqual([]);
  // Where it may replace or not, the type decides.
  const replaces = rules.map(([property, rule]) => ({ property, here: rule === 'replace' ? 'yes' : 'no', there: specification?.properties.get(property) }));
  expect(replaces.filter(({ here, there }) => there !== 'maybe' && here !== there)).toEqual([]);
  expect(specification?.required.filter((property) => !Object.hasOwn(type.properties, property))).toEqual([]);
});
