// Loaded before a program with --import: of the calls of the file system that change something or open a file, each counted,
// FAULT_AT=N kills the process with SIGKILL just before call N, with FAULT_TO=all what it started before it;
// FAULT_CODE=CODE lets writes fail with it instead, with FAULT_TO=lock that of the lock already.
import children from 'node:child_process';
import fs from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';

const { FAULT_AT = '0', FAULT_CODE, FAULT_TO } = process.env;
const started = [];
let calls = 0;

function watched(owner, name, isWrite) {
  const original = owner[name];
  owner[name] = function (...args) {
    if (FAULT_CODE !== undefined && isWrite) {
      const error = Object.assign(new Error(`${FAULT_CODE}: ${name}`), { code: FAULT_CODE });
      if (name.endsWith('Sync')) {
        original.call(this, args[0], ''); // a full disk takes the name, and no text
        throw error;
      }
      return Promise.reject(error);
    }
    calls += 1;
    if (calls === Number(FAULT_AT)) {
      if (FAULT_TO === 'all') for (const { pid } of started) process.kill(pid, 'SIGKILL');
      process.kill(process.pid, 'SIGKILL');
    }
    return original.apply(this, args);
  };
}

const handle = await fs.promises.open(process.execPath);
const prototype = Object.getPrototypeOf(handle);
await handle.close();
for (const name of ['chmod', 'writeFile', 'sync', 'close']) watched(prototype, name, name === 'writeFile');
for (const name of ['mkdir', 'chmod', 'open', 'rename', 'rm', 'rmdir', 'readdir', 'lstat']) watched(fs.promises, name, false);
for (const name of ['linkSync', 'rmSync', 'readFileSync']) watched(fs, name, false);
watched(fs, 'writeFileSync', FAULT_TO === 'lock');
const { spawn } = children;
children.spawn = (...args) => {
  const child = spawn(...args);
  started.push(child);
  return child;
};
syncBuiltinESMExports();
process.once('exit', () => { if (FAULT_AT === '0' && FAULT_CODE === undefined) process.stdout.write(String(calls)); });
