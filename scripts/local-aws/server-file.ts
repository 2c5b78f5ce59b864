import { createHmac, randomBytes } from 'node:crypto';
import { readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Credentials } from '../credentials/source';
import { registerCredentials } from '../secrets/registry';
import { isEqual } from './signature';

/** Where a server answers, for other processes of this machine's developer. */
export interface ServerFile {
  readonly pid: number;
  readonly origin: string;
  readonly credentials: Required<Credentials>;
}

/** Tells other processes of the server, all at once. */
export function writeServerFile(folder: string, server: ServerFile): void {
  const path = join(folder, 'server.json');
  writeFileSync(`${path}.working`, JSON.stringify(server), { mode: 0o600 });
  renameSync(`${path}.working`, path);
}

/** Nothing happens where it is gone. */
export function removeServerFile(folder: string): void {
  rmSync(join(folder, 'server.json'), { force: true });
}

/** The server that the file names, where it answers and proves that it is the one; else null. */
export async function findServer(folder: string): Promise<ServerFile | null> {
  const server = readServerFile(folder);
  if (server === null) return null;
  const nonce = randomBytes(16).toString('hex');
  try {
    // A connection kept alive would be to the server that was before, where a new one took its port.
    const response = await fetch(`${server.origin}/_local/health`, { headers: { 'x-nonce': nonce, connection: 'close' }, signal: AbortSignal.timeout(2000) });
    return isEqual(await response.text(), healthProof(server.credentials, nonce)) ? server : null;
  } catch {
    return null;
  }
}

/** What only who knows the secret can answer. */
export function healthProof({ secretAccessKey }: Credentials, nonce: string): string {
  return createHmac('sha256', secretAccessKey).update(`health ${nonce}`).digest('hex');
}

function readServerFile(folder: string): ServerFile | null {
  try {
    const value = JSON.parse(readFileSync(join(folder, 'server.json'), 'utf8')) as ServerFile;
    const credentials = { ...value.credentials, expiration: new Date(value.credentials.expiration) };
    registerCredentials(credentials);
    return { ...value, credentials };
  } catch {
    return null;
  }
}
