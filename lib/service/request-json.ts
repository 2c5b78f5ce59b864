import { Refusal } from './refusal';

/** The part of API Gateway's event, payload format 2.0, that carries the body. */
export interface RequestBody {
  readonly body?: string | undefined;
  readonly isBase64Encoded: boolean;
}

/** In bytes. The longest note, each character of it escaped, fits. */
const maximumBytes = 32 * 1024;

/**
 * The request's JSON.
 *
 * @throws Refusal 413 where it is too large, 400 where there is none or it is not JSON in UTF-8
 */
export function requestJson({ body, isBase64Encoded }: RequestBody): unknown {
  const bytes = Buffer.from(body ?? '', isBase64Encoded ? 'base64' : 'utf8');
  if (bytes.length > maximumBytes) throw new Refusal(413, `The body is larger than ${maximumBytes} bytes.`);
  if (bytes.length === 0) throw new Refusal(400, 'The request has no body; send {"text": "..."}.');
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch {
    throw new Refusal(400, 'The body is not JSON in UTF-8.');
  }
}
