// Lambda's Runtime API, as a runtime uses it. https://docs.aws.amazon.com/lambda/latest/dg/runtimes-api.html
import { Agent, request } from 'node:http';

const [hostname, port] = process.env.AWS_LAMBDA_RUNTIME_API.split(':');

/** While the function works the connection is idle, and then it keeps no process running. */
const agent = new Agent({ keepAlive: true });

/** Waits for work. */
export async function nextInvocation() {
  const { status, headers, body } = await call('GET', 'invocation/next');
  if (status !== 200) throw new Error(body);
  return {
    event: body,
    requestId: headers['lambda-runtime-aws-request-id'],
    deadline: Number(headers['lambda-runtime-deadline-ms']),
    arn: headers['lambda-runtime-invoked-function-arn'],
    traceId: headers['lambda-runtime-trace-id'],
    clientContext: headers['lambda-runtime-client-context'],
  };
}

/** @param text JSON */
export async function sayResult(requestId, text) {
  await call('POST', `invocation/${requestId}/response`, text);
}

/** @param requestId undefined of the initialization */
export async function sayError(requestId, report) {
  await call('POST', requestId === undefined ? 'init/error' : `invocation/${requestId}/error`, JSON.stringify(report));
}

function call(method, path, text = '') {
  // Not of the API: in Lambda the memory is measured from without.
  const headers = { 'content-type': 'application/json', 'content-length': Buffer.byteLength(text), 'x-peak-memory': process.resourceUsage().maxRSS };
  return new Promise((resolve, reject) => {
    const sent = request({ hostname, port, agent, method, path: `/2018-06-01/runtime/${path}`, headers }, (reply) => {
      const chunks = [];
      reply.on('data', (chunk) => chunks.push(chunk));
      reply.once('end', () => resolve({ status: reply.statusCode, headers: reply.headers, body: Buffer.concat(chunks).toString() }));
    });
    sent.once('error', reject);
    sent.end(text);
  });
}
