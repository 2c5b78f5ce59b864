import diagnostics from 'node:diagnostics_channel';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openLocalAws } from '../../scripts/local-aws/open';

/** An AWS emulator of somebody else's, to the commands: they know its address and keys, and nothing else of it. */
export interface Emulator {
  readonly origin: string;
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  /** What the person exports to use it; and what makes synthesis quick. */
  readonly environment: Readonly<Record<string, string>>;
  /** Each request that it got. */
  readonly requests: readonly SeenRequest[];
  /** What it did, a line each: `cloudformation ExecuteChangeSet 200 3 ms`. */
  readonly log: readonly string[];
  /** Calls `act` once, at the next line of the log that matches. */
  when(line: RegExp, act: () => void): void;
  /**
   * From now on requests get no answer, are refused or broken off; or all is well again.
   *
   * @param times after so many requests all is well again by itself
   */
  behave(as: Behaviour, times?: number): void;
  /** How many requests were not answered well. */
  spoiled(): number;
  /** From now on the session of this key has expired. */
  expire(accessKeyId: string): void;
  /** From now on the sessions of web identities say that they end so many milliseconds after they began. */
  endWebIdentitiesAfter(milliseconds: number): void;
  /** From now on nobody is there: connections are refused. */
  vanish(): void;
  close(): Promise<void>;
}

export type Behaviour = 'well' | 'silent' | 'reset' | keyof typeof refusals;

export interface SeenRequest {
  /** Of the access key that signed it; `null` for one that nobody signed. */
  readonly accessKeyId: string | null;
  /** Of the session that its answer gave: that of an assumed role. */
  readonly issued: string | null;
}

/** Status and code of what AWS refuses with. */
const refusals = {
  expired: [403, 'ExpiredToken'],
  unavailable: [503, 'ServiceUnavailable'],
  throttled: [400, 'Throttling'],
} as const;

/** Whatever the server answers, this is sent. */
function refuse(response: ServerResponse, [status, code]: readonly [number, string]): void {
  const writeHead = response.writeHead.bind(response);
  const end = response.end.bind(response);
  response.writeHead = () => response;
  response.end = () => {
    writeHead(status, { 'content-type': 'text/xml' });
    return end(`<ErrorResponse><Error><Type>Sender</Type><Code>${code}</Code><Message>${code} of the test</Message></Error><RequestId>r</RequestId></ErrorResponse>`);
  };
}

/** Calls `see` with what is sent at the end. */
function watchAnswer(response: ServerResponse, see: (body: string) => void): void {
  const end = response.end.bind(response);
  response.end = (body?: unknown) => {
    see(typeof body === 'string' ? body : '');
    return end(body);
  };
}

/** Sends another end of a session than the server says, as long in letters. */
function endSooner(response: ServerResponse, milliseconds: number): void {
  const end = response.end.bind(response);
  response.end = (body?: unknown) => {
    const soon = new Date(Date.now() + milliseconds).toISOString();
    return end(typeof body === 'string' ? body.replace(/(?<=<Expiration>)[^<]+/, (said) => (said.length === soon.length ? soon : `${soon.slice(0, 19)}Z`)) : body);
  };
}

function behaveAs(behaviour: Behaviour, response: ServerResponse): void {
  if (behaviour === 'well') return;
  if (behaviour === 'silent') response.end = () => response;
  else if (behaviour === 'reset') response.end = () => response.destroy();
  else refuse(response, refusals[behaviour]);
}

interface Watcher {
  readonly line: RegExp;
  readonly act: () => void;
}

/** Serves a local AWS in this process, empty, in a folder of its own. */
export async function startEmulator(): Promise<Emulator> {
  const folder = mkdtempSync(join(tmpdir(), 'takeoff-emulator-'));
  const requests: { accessKeyId: string | null; issued: string | null }[] = [];
  const log: string[] = [];
  const watchers = new Set<Watcher>();
  const expired = new Set<string>();
  let behaviour: Behaviour = 'well';
  let left = Number.POSITIVE_INFINITY;
  let spoiled = 0;
  let endAfter: number | null = null;
  let gone: Promise<void> | null = null;
  const opened = await openLocalAws({
    folder,
    log: ({ text }) => {
      log.push(text);
      for (const watcher of watchers) {
        if (!watcher.line.test(text)) continue;
        watchers.delete(watcher);
        watcher.act();
      }
    },
  });
  const port = Number(new URL(opened.origin).port);
  const onRequest = (message: unknown): void => {
    const { request, response } = message as { readonly request: IncomingMessage; readonly response: ServerResponse };
    if (request.socket.localPort !== port) return;
    const seen = { accessKeyId: /Credential=([^/]+)\//.exec(request.headers.authorization ?? '')?.[1] ?? null, issued: null as string | null };
    requests.push(seen);
    watchAnswer(response, (body) => { seen.issued = /<AccessKeyId>(\w+)</.exec(body)?.[1] ?? null; });
    if (endAfter !== null && seen.accessKeyId === null) endSooner(response, endAfter);
    behaveAs(seen.accessKeyId !== null && expired.has(seen.accessKeyId) ? 'expired' : behaviour, response);
    if (behaviour !== 'well') {
      spoiled += 1;
      if (--left === 0) behaviour = 'well';
    }
  };
  diagnostics.subscribe('http.server.request.start', onRequest);
  const { accessKeyId, secretAccessKey, sessionToken = '' } = opened.credentials;
  return {
    origin: opened.origin,
    accessKeyId,
    secretAccessKey,
    environment: { AWS_ENDPOINT_URL: opened.origin, AWS_ACCESS_KEY_ID: accessKeyId, AWS_SECRET_ACCESS_KEY: secretAccessKey, AWS_SESSION_TOKEN: sessionToken, AWS_REGION: opened.region, CDK_VALIDATION: 'false' },
    requests,
    log,
    when: (line, act) => { watchers.add({ line, act }); },
    behave: (as, times = Number.POSITIVE_INFINITY) => {
      behaviour = as;
      left = times;
    },
    spoiled: () => spoiled,
    expire: (accessKeyId) => { expired.add(accessKeyId); },
    endWebIdentitiesAfter: (milliseconds) => { endAfter = milliseconds; },
    vanish: () => { gone ??= opened.close(); },
    async close() {
      diagnostics.unsubscribe('http.server.request.start', onRequest);
      await (gone ?? opened.close());
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
