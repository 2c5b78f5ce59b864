import { mkdirSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import type { Credentials } from '../credentials/source';
import { Failure } from '../failures/failure';
import { takeLock, type HeldBy, type Lock } from '../process/lock';
import { AwsError } from './aws-error';
import { findServer } from './server-file';
import { serve } from './serve';
import type { LocalEvent } from './service';

/** A local AWS that answers on 127.0.0.1. */
export interface OpenLocalAws {
  /** `http://127.0.0.1:PORT` */
  readonly origin: string;
  readonly account: string;
  /** Where stacks go if nobody says otherwise. */
  readonly region: string;
  /** A session of this machine's developer, which may do everything there. */
  readonly credentials: Credentials;
  /** Whether another process serves it (`npm run local`), and goes on when we end. */
  readonly shared: boolean;
  /** Ends it, unless it is shared: state saved, Lambda processes gone, port free. */
  close(): Promise<void>;
}

/** Which local AWS. */
export interface OpenLocalAwsInit {
  /** Of its state; in the project's ignored cache. */
  readonly folder: string;
  readonly log?: (event: LocalEvent) => void;
}

const localAccount = '000000000000';
const localRegion = 'us-west-2';

/** How long another process may take from its lock to its first answer: milliseconds. It may have a rollback to finish. */
const patience = 30_000;

/**
 * Opens the local AWS of `folder`: the one that another process serves, else one of our own.
 *
 * @throws Failure BUSY where another process holds the state and does not answer, USAGE where another version wrote the state
 */
export async function openLocalAws({ folder, log = () => undefined }: OpenLocalAwsInit): Promise<OpenLocalAws> {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const deadline = Date.now() + patience;
  for (;;) {
    const lock = lockOf(folder);
    if (!('pid' in lock)) return openOwn(folder, log, lock);
    // Another process serves it, or this one does already: either way it is shared.
    const running = await findServer(folder);
    if (running !== null) {
      return { origin: running.origin, account: localAccount, region: localRegion, credentials: running.credentials, shared: true, close: async () => undefined };
    }
    if (Date.now() > deadline) throw busy(lock.pid, 'holds the local AWS of this project and does not answer');
    await setTimeout(20);
  }
}

/**
 * Forgets all of the local AWS in `folder`.
 *
 * @throws Failure BUSY while it is served
 */
export async function wipeLocalAws(folder: string): Promise<void> {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const lock = lockOf(folder);
  if ('pid' in lock) throw busy(lock.pid, 'serves the local AWS of this project');
  try {
    for (const name of readdirSync(folder)) if (name !== 'lock') rmSync(join(folder, name), { recursive: true, force: true });
  } finally {
    lock.release();
  }
}

function lockOf(folder: string): Lock | HeldBy {
  return takeLock(join(folder, 'lock'), 'the local AWS');
}

async function openOwn(folder: string, log: (event: LocalEvent) => void, lock: Lock): Promise<OpenLocalAws> {
  try {
    const served = await serve({ folder, account: localAccount, log });
    let closed: Promise<void> | null = null;
    const close = async (): Promise<void> => {
      try {
        await served.close();
      } finally {
        lock.release();
      }
    };
    return { origin: served.origin, account: localAccount, region: localRegion, credentials: served.credentials, shared: false, close: async () => (closed ??= close()) };
  } catch (error) {
    lock.release();
    if (!(error instanceof AwsError) || error.code !== 'StateFormat') throw error;
    throw new Failure({ code: 'USAGE', message: error.message, fix: 'Forget what is deployed there, and deploy anew: npm run local -- --wipe', cause: error });
  }
}

function busy(pid: number, what: string): Failure {
  return new Failure({ code: 'BUSY', message: `Another process (${pid}) ${what}.`, fix: `End it with Ctrl-C where it runs, or with: kill ${pid}` });
}
