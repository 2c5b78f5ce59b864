import { AwsError } from '../aws-error';
import type { RouteRecord } from './apis';

/** A route that takes a request, with what its path's variables stand for, decoded. */
export interface RouteMatch {
  readonly route: RouteRecord;
  readonly parameters: Readonly<Record<string, string>>;
}

const methods = new Set(['ANY', 'DELETE', 'GET', 'HEAD', 'OPTIONS', 'PATCH', 'POST', 'PUT']);

/**
 * @returns null for `$default`
 * @throws AwsError BadRequestException
 */
export function parseRouteKey(routeKey: string): { readonly method: string; readonly segments: readonly string[] } | null {
  if (routeKey === '$default') return null;
  const [method = '', path = '', ...rest] = routeKey.split(' ');
  if (!methods.has(method) || !path.startsWith('/') || rest.length > 0) throw new AwsError('BadRequestException', 'The provided route key is not formatted properly for HTTP protocol. Format should be "<HTTP METHOD> /<RESOURCE PATH>" or "$default"');
  return { method, segments: path.slice(1).split('/') };
}

/**
 * The route that a request takes: a full match before a greedy one, what is literal before what is a variable,
 * a method before ANY, and `$default` last.
 *
 * @param path decoded, without the stage
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-routes.html
 */
export function matchRoute(routes: readonly RouteRecord[], method: string, path: string): RouteMatch | null {
  let best: (RouteMatch & { readonly rank: string }) | null = null;
  for (const route of routes) {
    const key = parseRouteKey(route.routeKey);
    if (key === null || (key.method !== 'ANY' && key.method !== method)) continue;
    const parameters = matchPath(key.segments, path);
    if (parameters === null) continue;
    // Lower is better: per segment literal 0, variable 1, greedy 2; then the method.
    const rank = key.segments.map((segment) => (segment.endsWith('+}') ? 2 : segment.startsWith('{') ? 1 : 0)).join('') + (key.method === 'ANY' ? '1' : '0');
    const greedy = rank.includes('2') ? 1 : 0;
    const whole = `${greedy}${rank}`;
    if (best === null || whole < best.rank) best = { route, parameters, rank: whole };
  }
  if (best !== null) return { route: best.route, parameters: best.parameters };
  const fallback = routes.find(({ routeKey }) => routeKey === '$default');
  return fallback === undefined ? null : { route: fallback, parameters: {} };
}

function matchPath(segments: readonly string[], path: string): Record<string, string> | null {
  const parts = path.slice(1).split('/');
  const parameters: Record<string, string> = {};
  for (const [index, segment] of segments.entries()) {
    const part = parts[index];
    if (segment.startsWith('{') && segment.endsWith('+}')) {
      const rest = parts.slice(index).join('/');
      if (rest === '') return null;
      parameters[segment.slice(1, -2)] = rest;
      return parameters;
    }
    if (part === undefined) return null;
    if (segment.startsWith('{') && segment.endsWith('}')) {
      if (part === '') return null;
      parameters[segment.slice(1, -1)] = part;
    } else if (segment !== part) return null;
  }
  return parts.length === segments.length ? parameters : null;
}
