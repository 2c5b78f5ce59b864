import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** What git has that was searched before, and holds nothing: git names content by its hash. */
export interface CleanBlobs {
  has(blob: string): boolean;
  /** Remembers these alone. */
  keep(blobs: readonly string[]): void;
}

/** Raise it with every change of what is searched for: what was clean before may not be. */
const version = 2;

/**
 * @param cache the project's folder that git ignores
 * @param accessKeyId of the credential that was searched for as well; `null` for none
 */
export function readCleanBlobs(cache: string, accessKeyId: string | null): CleanBlobs {
  const path = join(cache, 'source-secrets.txt');
  const used = accessKeyId === null ? 'none' : createHash('sha256').update(accessKeyId).digest('hex');
  const [head, ...blobs] = read(path).split('\n');
  const before = new RegExp(`^${version} (none|[0-9a-f]{64})$`).exec(head ?? '')?.[1] ?? null;
  const clean: ReadonlySet<string> = new Set(before === used || (before !== null && accessKeyId === null) ? blobs : []);
  return {
    has: (blob) => clean.has(blob),
    keep(now) {
      // Who looks for less does not forget what was looked for.
      if ((accessKeyId === null && before !== null && before !== used) || now.every((blob) => clean.has(blob))) return;
      write(cache, path, `${[`${version} ${used}`, ...now].join('\n')}\n`);
    },
  };
}

function read(path: string): string {
  try {
    return readFileSync(path, 'latin1');
  } catch {
    return '';
  }
}

/** Where that cannot be, the next run searches again. */
function write(cache: string, path: string, text: string): void {
  try {
    mkdirSync(cache, { recursive: true });
    const whole = `${path}.${process.pid}`;
    writeFileSync(whole, text);
    renameSync(whole, path);
  } catch {
    // as said
  }
}
