import { queryAction } from './query';
import type { Protocol } from './service';
import { protocolOf } from './services';
import type { RawRequest } from './signature-check';
import { unsignedAction } from './unsigned-actions';

/** The path of a call of a deployed API: its id, and what the API sees of the path. */
export const apiPath = /^\/_api\/([a-z0-9]+)(\/[^?]*)?(?:\?.*)?$/;

/**
 * What a request looks like before anything of it is proven: from the credential scope, and where there is none from its
 * headers. What an API is called with says nothing: it is the API's own.
 */
export function protocolOfRequest({ headers, target }: Pick<RawRequest, 'headers' | 'target'>): Protocol {
  if (apiPath.test(target)) return 'rest-json';
  const service = serviceInScope(headers);
  if (service === 'execute-api') return 'rest-json';
  const known = service === null ? null : protocolOf(service);
  if (known !== null) return known;
  if (headers['x-amz-target'] !== undefined) return headers['content-type'] === 'application/x-amz-json-1.0' ? 'json-1.0' : 'json-1.1';
  if (headers['content-type']?.startsWith('application/x-www-form-urlencoded') ?? false) return 'query-xml';
  if (headers['content-type']?.startsWith('application/json') ?? false) return 'rest-json';
  return 'rest-xml';
}

/** What the log calls a request: `cloudformation DescribeStacks`, `ssm GetParameter`, `GET /bucket/key`. */
export function titleOf(request: RawRequest, protocol: Protocol): string {
  const { method, target, headers, body } = request;
  const service = serviceInScope(headers);
  const path = target.split('?', 1)[0] ?? '/';
  if (service === null) {
    const unsigned = unsignedAction(request, protocol);
    return unsigned === null ? `${method} ${path}` : `${unsigned.service} ${unsigned.action}`;
  }
  const action = protocol === 'query-xml' ? queryAction(body) : headers['x-amz-target']?.split('.').at(-1);
  return action === null || action === undefined ? `${service} ${method} ${path}` : `${service} ${action.replace(/\W/g, '')}`;
}

function serviceInScope(headers: RawRequest['headers']): string | null {
  return /Credential=[^/,]+\/[^/,]+\/[^/,]+\/([^/,]+)\//.exec(headers['authorization'] ?? '')?.[1] ?? null;
}
