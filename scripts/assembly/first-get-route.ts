import { readFileSync } from 'node:fs';

/**
 * The path of the first GET route without a parameter of an HTTP API in a template: what a person can try at once.
 * `null` where there is none.
 */
export function firstGetRoute(templateFile: string): string | null {
  const { Resources = {} } = JSON.parse(readFileSync(templateFile, 'utf8')) as { readonly Resources?: { readonly [id: string]: { readonly Type?: unknown; readonly Properties?: { readonly RouteKey?: unknown } } } };
  for (const { Type, Properties } of Object.values(Resources)) {
    if (Type !== 'AWS::ApiGatewayV2::Route' || typeof Properties?.RouteKey !== 'string') continue;
    const path = /^(?:GET|ANY) (\/[^{]*)$/.exec(Properties.RouteKey)?.[1];
    if (path !== undefined) return path;
  }
  return null;
}
