import { AwsError } from './aws-error';
import type { LocalResponse, Protocol } from './service';
import { xml } from './xml';

/** Writes an error as a service of `protocol` does. What is no AwsError is a fault of ours, and says nothing of itself. */
export function errorAnswer(error: unknown, protocol: Protocol, requestId: string, method = 'POST'): LocalResponse {
  const known = error instanceof AwsError ? error : new AwsError(protocol === 'rest-xml' ? 'InternalError' : 'InternalFailure', 'The local AWS failed while it handled the request.', 500);
  return writers[protocol](known, requestId, method);
}

type Writer = (error: AwsError, requestId: string, method: string) => LocalResponse;

const writers: Readonly<Record<Protocol, Writer>> = {
  /** https://smithy.io/2.0/aws/protocols/aws-query-protocol.html#operation-error-serialization */
  'query-xml': ({ code, message, status }, RequestId) => ({
    status,
    headers: { 'content-type': 'text/xml' },
    body: xml('ErrorResponse', { Error: { Type: status < 500 ? 'Sender' : 'Receiver', Code: code, Message: message }, RequestId }),
  }),
  'json-1.0': (error) => jsonError(error, 'application/x-amz-json-1.0', 'com.amazonaws#'),
  'json-1.1': (error) => jsonError(error, 'application/x-amz-json-1.1', ''),
  'rest-json': (error) => jsonError(error, 'application/json', ''),
  /** https://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html#RESTErrorResponses */
  'rest-xml': ({ code, message, status, details }, RequestId, method) => ({
    status,
    headers: { 'content-type': 'application/xml' },
    body: method === 'HEAD' ? '' : `<?xml version="1.0" encoding="UTF-8"?>\n${xml('Error', { Code: code, Message: message, ...details, RequestId })}`,
  }),
};

function jsonError({ code, message, status }: AwsError, contentType: string, namespace: string): LocalResponse {
  const body = JSON.stringify({ __type: `${namespace}${code}`, message });
  return { status, headers: { 'content-type': contentType, 'x-amzn-errortype': code }, body };
}
