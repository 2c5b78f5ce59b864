import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { LocalAws } from '../service';
import { runtimeSource } from './runtime-source';

/** Where the runtime's program is written, for `node` to run it. */
export function runtimePath(local: LocalAws): string {
  const folder = join(local.store.folder, 'lambda');
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const path = join(folder, `runtime-${createHash('sha256').update(runtimeSource).digest('hex').slice(0, 16)}.mjs`);
  if (existsSync(path)) return path;
  // Those of other versions have no further use.
  for (const name of readdirSync(folder)) if (name.startsWith('runtime-')) rmSync(join(folder, name));
  writeFileSync(`${path}.${process.pid}`, runtimeSource, { mode: 0o600 });
  renameSync(`${path}.${process.pid}`, path);
  return path;
}
