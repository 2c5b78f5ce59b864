import { createServer, type IncomingHttpHeaders, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** What a job asked of GitHub's token service. */
export interface TokenRequest {
  readonly url: URL;
  readonly headers: IncomingHttpHeaders;
}

export interface TokenService extends AsyncDisposable {
  /** The variables of a job that may ask it. */
  readonly job: Readonly<Record<string, string>>;
  readonly requests: readonly TokenRequest[];
}

export const bearer = 'the-bearer-of-the-job-for-the-tests';

/** GitHub's token service on 127.0.0.1, which answers as it is told: each answer once, the last one again and again. */
export async function startTokenService(...answers: readonly ((response: ServerResponse) => void)[]): Promise<TokenService> {
  const requests: TokenRequest[] = [];
  const server = createServer((request, response) => {
    const answer = answers[Math.min(requests.length, answers.length - 1)];
    requests.push({ url: new URL(request.url ?? '', 'http://127.0.0.1'), headers: request.headers });
    answer?.(response);
  });
  await new Promise<void>((listening) => { server.listen(0, '127.0.0.1', listening); });
  const { port } = server.address() as AddressInfo;
  return {
    job: { GITHUB_ACTIONS: 'true', ACTIONS_ID_TOKEN_REQUEST_URL: `http://127.0.0.1:${port}/token?api-version=2.0`, ACTIONS_ID_TOKEN_REQUEST_TOKEN: bearer },
    requests,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((closed) => { server.close(closed); });
    },
  };
}

export function answers(status: number, body: unknown): (response: ServerResponse) => void {
  return (response) => { response.writeHead(status, { 'content-type': 'application/json' }).end(typeof body === 'string' ? body : JSON.stringify(body)); };
}
