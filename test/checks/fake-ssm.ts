import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface SsmAnswer {
  readonly status: number;
  readonly body: unknown;
}

export interface SsmRequest {
  readonly headers: IncomingHttpHeaders;
  readonly body: unknown;
}

export interface FakeSsm {
  readonly origin: string;
  readonly requests: readonly SsmRequest[];
  close(): Promise<void>;
}

/** SSM as far as GetParameter goes, in AWS JSON 1.1: each request gets the next of `answers`, the last one for ever. */
export async function startFakeSsm(...answers: readonly SsmAnswer[]): Promise<FakeSsm> {
  const requests: SsmRequest[] = [];
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const answer = answers[Math.min(requests.length, answers.length - 1)] ?? { status: 500, body: {} };
      requests.push({ headers: request.headers, body: JSON.parse(Buffer.concat(chunks).toString()) });
      response.writeHead(answer.status, { 'content-type': 'application/x-amz-json-1.1', 'x-amzn-requestid': '7a1e' }).end(JSON.stringify(answer.body));
    });
  });
  await new Promise<void>((resolve) => { server.listen(0, '127.0.0.1', resolve); });
  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    requests,
    close: () => new Promise((resolve) => {
      server.close(() => resolve());
      server.closeAllConnections();
    }),
  };
}

/** A parameter that holds `Value`. */
export function parameter(Value: string): SsmAnswer {
  return { status: 200, body: { Parameter: { Name: '/cdk-bootstrap/hnb659fds/version', Type: 'String', Value, Version: 1, DataType: 'text' } } };
}

/** An error of `type`, a client's unless `status` says otherwise. */
export function refusal(type: string, message = 'said by SSM', status = 400): SsmAnswer {
  return { status, body: { __type: type, message } };
}
