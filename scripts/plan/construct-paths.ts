import { isJsonObject, type JsonObject } from '../configuration/json-object';
import type { Template } from './template';

/** Construct paths by logical id, without the stack and without the last part where it says nothing. */
export function pathsOf(templates: readonly Template[]): ReadonlyMap<string, string> {
  const paths = new Map<string, string>();
  for (const [id, resource] of templates.flatMap(({ Resources }) => Object.entries(record(Resources)))) {
    const path = record(record(resource)['Metadata'])['aws:cdk:path'];
    if (typeof path === 'string') paths.set(id, shortened(path));
  }
  return paths;
}

/** `text` with `${Path.Attribute}` where `${LogicalId.Attribute}` stood. */
export function withPaths(text: string, paths: ReadonlyMap<string, string>): string {
  return text.replaceAll(/\$\{([\w-]+)(\.[\w.-]+)?\}/g, (whole, id: string, attribute = '') => {
    const path = paths.get(id);
    return path === undefined ? whole : `\${${path}${String(attribute)}}`;
  });
}

function shortened(path: string): string {
  const parts = path.split('/').slice(1);
  const last = parts.at(-1);
  return (parts.length > 1 && (last === 'Resource' || last === 'Default') ? parts.slice(0, -1) : parts).join('/') || path;
}

function record(value: unknown): JsonObject {
  return isJsonObject(value) ? value : {};
}
