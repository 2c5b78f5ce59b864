import { readFileSync } from 'node:fs';
import { isJsonObject, jsonObjectIn } from '../configuration/json-object';

/**
 * The path of the first GET route without a parameter of an HTTP API in a template: what a person can try at once.
 * `null` where there is none.
 */
export function firstGetRoute(templateFile: string): string | null {
  const { Resources } = jsonObjectIn(readFileSync(templateFile, 'utf8'));
  for (const resource of isJsonObject(Resources) ? Object.values(Resources) : []) {
    if (!isJsonObject(resource) || resource['Type'] !== 'AWS::ApiGatewayV2::Route' || !isJsonObject(resource['Properties'])) continue;
    const { RouteKey } = resource['Properties'];
    const path = typeof RouteKey === 'string' ? /^(?:GET|ANY) (\/[^{]*)$/.exec(RouteKey)?.[1] : undefined;
    if (path !== undefined) return path;
  }
  return null;
}
