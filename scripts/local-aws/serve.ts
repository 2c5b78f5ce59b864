import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Credentials } from '../credentials/source';
import { developerCredentials } from './developer';
import { answer, type Front } from './front';
import { logLine } from './log-line';
import { moveOrigin } from './origin';
import { listen } from './server';
import { healthProof, removeServerFile, writeServerFile } from './server-file';
import type { LocalAws } from './service';
import { openServices } from './services';
import { openStore, type Store } from './store';

/** Whose state is served, and who is told of it. */
export interface ServeInit {
  readonly folder: string;
  readonly account: string;
  readonly log: LocalAws['log'];
}

/** A local AWS that is served. Once it is closed its state is saved, and nothing of it runs. */
export interface Served {
  readonly origin: string;
  readonly credentials: Required<Credentials>;
  close(): Promise<void>;
}

/**
 * Serves the state of `folder`, which the caller has locked.
 *
 * @throws AwsError StateFormat
 */
export async function serve({ folder, account, log }: ServeInit): Promise<Served> {
  let store = openStore(folder);
  const before = portOf(store);
  let front: Front | null = null;
  const server = await listen(before ?? 0, (message, reply) => handle(front, message, reply));
  try {
    if (before !== null && before !== server.port) {
      moveOrigin(folder, before, server.port);
      store = openStore(folder);
    }
    const origin = `http://127.0.0.1:${server.port}`;
    store.table<{ port: number }>('server').set('server', { port: server.port });
    const local: LocalAws = { account, store, origin: () => origin, log: ({ kind, text }) => log({ kind, text: logLine(text) }) };
    const recovered = await recover(local);
    const credentials = developerCredentials(local);
    const services = openServices(local, recovered);
    store.save();
    front = { local, services, answerHealth: (nonce) => healthProof(credentials, nonce) };
    writeServerFile(folder, { pid: process.pid, origin, credentials });
    return {
      origin,
      credentials,
      async close() {
        removeServerFile(folder);
        await server.close();
        try {
          await services.close();
        } finally {
          store.save();
        }
      },
    };
  } catch (error) {
    await server.close();
    throw error;
  }
}

/** While it opens there is nobody to answer: clients try again. */
async function handle(front: Front | null, message: IncomingMessage, reply: ServerResponse): Promise<void> {
  if (front !== null) return answer(front, message, reply);
  reply.writeHead(503, { 'retry-after': '1' }).end();
}

function portOf(store: Store): number | null {
  return store.table<{ port: number }>('server').get('server')?.port ?? null;
}

/**
 * Ends what a killed process left in progress. CloudFormation is loaded only where there is something.
 *
 * @returns whether there was
 */
async function recover(local: LocalAws): Promise<boolean> {
  const left = [...local.store.table<{ readonly status: string }>('cloudformation-stacks').values()].some(({ status }) => status.endsWith('_IN_PROGRESS') && status !== 'REVIEW_IN_PROGRESS');
  if (!left) return false;
  const [{ recoverStacks }, { resourceTypes }] = await Promise.all([import('./cloudformation/recover'), import('./resource-types')]);
  await recoverStacks(local, resourceTypes);
  return true;
}
