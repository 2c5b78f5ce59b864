import { resourceTypes } from '../../scripts/local-aws/resource-types';
import type { PropertyRule, ResourceType } from '../../scripts/local-aws/resource';
import { specified } from './specification';

/** The README's table of what the local AWS models, from the types' own lists and CloudFormation's specification. */
export function modelTable(): string {
  const rows = [...resourceTypes.values()].toSorted((a, b) => a.name.localeCompare(b.name)).map(rowOf);
  return ['| resource type | obeyed | recorded, without effect | refused |', '| --- | --- | --- | --- |', ...rows].join('\n');
}

function rowOf(type: ResourceType): string {
  const those = (...rules: PropertyRule[]): string => listed(Object.keys(type.properties).filter((name) => rules.includes(type.properties[name] ?? 'update')));
  const refused = [...(specified(type.name)?.properties.keys() ?? [])].filter((name) => !Object.hasOwn(type.properties, name));
  return `| ${type.name} | ${those('update', 'replace')} | ${those('recorded')} | ${listed(refused)} |`;
}

function listed(names: readonly string[]): string {
  return names.length === 0 ? '–' : names.toSorted().join(', ');
}
