import { randomUUID } from 'node:crypto';
import type { LocalResponse } from './service';
import { xml, type XmlValue } from './xml';

/**
 * A success of the Query protocol.
 *
 * @param namespace of the service's answers, a URL
 * @param result the content of the action's result element
 * @see https://smithy.io/2.0/aws/protocols/aws-query-protocol.html#response-serialization
 */
export function queryAnswer(action: string, namespace: string, result: XmlValue): LocalResponse {
  const body = xml(`${action}Response xmlns="${namespace}"`, { [`${action}Result`]: result, ResponseMetadata: { RequestId: randomUUID() } });
  return { status: 200, headers: { 'content-type': 'text/xml' }, body };
}
