import { randomUUID } from 'node:crypto';
import type { LocalResponse } from '../service';
import { xml, type XmlValue } from '../xml';

/**
 * A success of the Query protocol.
 *
 * @param result null for an action that answers nothing
 */
export function queryAnswer(action: string, namespace: string, result: { readonly [name: string]: XmlValue } | null): LocalResponse {
  const body = xml(`${action}Response xmlns="${namespace}"`, {
    [`${action}Result`]: result ?? undefined,
    ResponseMetadata: { RequestId: randomUUID() },
  });
  return { status: 200, headers: { 'content-type': 'text/xml' }, body };
}
