// What a program that the wrapper started can find in itself. It is told where to write, and for whom.
import { closeSync, openSync, readdirSync, readlinkSync, readSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { writeHeapSnapshot } from 'node:v8';

export function spy(folder, name) {
  process.report.excludeNetwork = true;
  writeFileSync(join(folder, `report ${name}`), JSON.stringify(process.report.getReport()));
  writeHeapSnapshot(join(folder, `heap ${name}`));
  writeFileSync(join(folder, `environment ${name}`), JSON.stringify(process.env));
  writeFileSync(join(folder, `arguments ${name}`), JSON.stringify([process.argv, process.execArgv]));
  writeFileSync(join(folder, `descriptors ${name}`), Buffer.concat(readdirSync('/proc/self/fd').map(content)));
}

/** What can be read at a descriptor. Pipes are left alone: Node wakes its own threads through some of them. */
function content(descriptor) {
  const path = `/proc/self/fd/${descriptor}`;
  try {
    const target = Buffer.from(`${descriptor} ${readlinkSync(path)}\n`);
    if (!statSync(path).isFile()) return target;
    const opened = openSync(path, 'r');
    try {
      const bytes = Buffer.alloc(65_536);
      return Buffer.concat([target, bytes.subarray(0, readSync(opened, bytes, 0, bytes.length, null))]);
    } finally {
      closeSync(opened);
    }
  } catch (error) {
    return Buffer.from(`${descriptor} ${error.code}\n`);
  }
}

const [, script, folder, name] = process.argv;
if (script.endsWith('spy.mjs')) spy(folder, name);
