import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { compiledChild, type CompiledChild } from '../../process/compiled-child';
import { runs } from './runs';

let folder: string;
let program: CompiledChild;
beforeAll(async () => { program = await compiledChild(join(__dirname, 'outlive-child.ts')); });
beforeEach(() => { folder = mkdtempSync(join(tmpdir(), 'outlive-')); });
afterEach(() => rmSync(folder, { recursive: true, force: true }));
afterAll(() => program.remove());

const child = "require('node:child_process').spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'], { stdio: 'ignore' })";

test.each([
  ['waits', 'await new Promise((done) => setTimeout(done, 60_000));'],
  ['is in a loop', 'for (;;);'],
  ['ignores signals', "process.on('SIGTERM', () => {}); process.removeAllListeners('disconnect'); for (;;);"],
])('a function that %s when the local AWS is killed goes with it, and so does its child', async (_, code) => {
  const server = spawn(process.execPath, [program.file, `process.stdout.write('PIDS ' + process.pid + ' ' + ${child}.pid + '\\n'); await new Promise(setImmediate); ${code}`], { stdio: ['ignore', 'pipe', 'inherit'], env: { PATH: process.env['PATH'] ?? '', TMPDIR: folder } });
  let text = '';
  while (!/PIDS \d+ \d+\n/.test(text)) text += String((await once(server.stdout, 'data') as [Buffer])[0]);
  const pids = /PIDS (\d+) (\d+)/.exec(text)?.slice(1).map(Number) ?? [];
  expect(pids.map(runs)).toEqual([true, true]);
  server.kill('SIGKILL');
  await once(server, 'exit');
  while (pids.some(runs)) await setTimeout(10);
});
