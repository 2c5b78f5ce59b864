import { validateHeaderName, validateHeaderValue } from 'node:http';
import { isJsonObject } from '../../configuration/json-object';
import type { Json, JsonObject } from '../resource';
import type { LocalResponse } from '../service';

/** API Gateway itself says how the body is sent. RFC 9110, 7.6.1 */
const ofTheConnection = new Set(['connection', 'content-length', 'keep-alive', 'proxy-connection', 'trailer', 'transfer-encoding', 'upgrade']);

/**
 * What a function's answer means. Without a statusCode it is the body of a 200.
 *
 * @returns null where it means nothing that can be sent
 */
export function responseOf(payload: Buffer): LocalResponse | null {
  const text = payload.toString();
  const answer = parse(text);
  if (answer === undefined) return null;
  if (!isJsonObject(answer) || answer['statusCode'] === undefined) {
    return { status: 200, headers: { 'content-type': 'application/json' }, body: typeof answer === 'string' ? answer : text };
  }
  const status = Number(answer['statusCode']);
  const { body = '', isBase64Encoded, cookies } = answer;
  if (!Number.isInteger(status) || status < 200 || status > 599) return null;
  if (typeof body === 'object' && body !== null) return null;
  const headers: Record<string, string | readonly string[]> = {};
  for (const [name, value] of Object.entries((answer['headers'] ?? {}) as JsonObject)) {
    if (typeof value === 'object' || !canBeSent(name, String(value))) return null;
    if (!ofTheConnection.has(name.toLowerCase())) headers[name.toLowerCase()] = String(value);
  }
  if (Array.isArray(cookies)) {
    headers['set-cookie'] = cookies.map(String);
    if (!headers['set-cookie'].every((cookie) => canBeSent('set-cookie', cookie))) return null;
  }
  headers['content-type'] ??= 'text/plain;charset=UTF-8';
  const plain = body === null ? '' : String(body);
  return { status, headers, body: isBase64Encoded === true ? Buffer.from(plain, 'base64') : plain };
}

/** Undefined where it is no JSON: a function can also answer to the Runtime API by itself. */
function parse(text: string): Json | undefined {
  try {
    return JSON.parse(text) as Json;
  } catch {
    return undefined;
  }
}

function canBeSent(name: string, value: string): boolean {
  try {
    validateHeaderName(name);
    validateHeaderValue(name, value);
    return true;
  } catch {
    return false;
  }
}
