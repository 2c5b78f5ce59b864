import type { ResourceType } from '../../scripts/local-aws/resource';
import { resourceTypes } from '../../scripts/local-aws/resource-types';
import { isRecorded, type Shape } from '../../scripts/local-aws/shape';
import { specified, type Structure } from './specification';

/** The README's table of what the local AWS models, from the types' own lists and CloudFormation's specification. */
export function modelTable(): string {
  const rows = [...resourceTypes.values()].toSorted((a, b) => a.name.localeCompare(b.name)).map(rowOf);
  return ['| resource type | obeyed | recorded, without effect | refused |', '| --- | --- | --- | --- |', ...rows].join('\n');
}

function rowOf(type: ResourceType): string {
  const { properties, structures } = specified(type.name) ?? { properties: new Map<string, string>(), structures: new Map<string, Structure>() };
  const names = Object.keys(type.properties);
  const recorded = names.filter((name) => isWithoutEffect(type, name));
  const obeyed = names.filter((name) => !recorded.includes(name));
  const recordedParts = obeyed.flatMap((name) => partsRecorded(type.shapes?.[name] ?? {}, name));
  const refusedParts = names.flatMap((name) => partsRefused(type.shapes?.[name] ?? {}, structures.get(name) ?? new Map(), name));
  const refused = [...properties.keys()].filter((name) => !Object.hasOwn(type.properties, name));
  return `| ${type.name} | ${listed(obeyed)} | ${listed([...recorded, ...recordedParts])} | ${listed([...refused, ...refusedParts])} |`;
}

function isWithoutEffect({ properties, shapes = {} }: ResourceType, name: string): boolean {
  const shape = shapes[name];
  return properties[name] === 'recorded' || (shape !== undefined && isRecorded(shape));
}

function partsRecorded(shape: Shape, path: string): readonly string[] {
  return Object.entries(shape).flatMap(([name, inner]) => {
    if (inner === 'recorded') return [`${path}.${name}`];
    return typeof inner === 'string' ? [] : partsRecorded(inner, `${path}.${name}`);
  });
}

function partsRefused(shape: Shape, structure: Structure, path: string): readonly string[] {
  return [...structure].flatMap(([name, there]) => {
    const inner = shape[name];
    if (inner === undefined) return [`${path}.${name}`];
    return typeof inner === 'string' || there === null ? [] : partsRefused(inner, there, `${path}.${name}`);
  });
}

function listed(names: readonly string[]): string {
  return names.length === 0 ? '–' : names.toSorted().join(', ');
}
