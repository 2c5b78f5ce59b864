import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, realpathSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildSync } from 'esbuild';
import { editPrivateFile } from '../../scripts/keep/private-file';

// What a run leaves that is killed with SIGKILL, at each call of the file system; that finds the disk full; and that is not alone.

let built: string;
let folder: string;
let path: string;
beforeAll(() => {
  built = realpathSync(mkdtempSync(join(tmpdir(), 'takeoff-edit-child-')));
  buildSync({ entryPoints: [join(__dirname, 'edit-child.ts')], outfile: join(built, 'child.mjs'), bundle: true, format: 'esm', platform: 'node', target: 'node20' });
});
afterAll(() => rmSync(built, { recursive: true }));
beforeEach(() => {
  folder = join(mkdtempSync(join(tmpdir(), 'takeoff-interrupted-')), 'project');
  mkdirSync(folder);
  path = join(folder, '.env');
});
afterEach(() => rmSync(join(folder, '..'), { recursive: true }));

const old = '# mine\r\nOTHER=1 \r\nKEY=old\r\n';
const changed = old.replace('KEY=old', 'KEY=new');

interface Ended {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly output: string;
}

function run(args: readonly string[], environment: Readonly<Record<string, string>>): Promise<Ended> {
  return new Promise((ended) => {
    const child = spawn(process.execPath, ['--import', join(__dirname, 'fault-in-fs.mjs'), join(built, 'child.mjs'), ...args], { env: { PATH: process.env['PATH'] ?? '', ...environment }, stdio: ['ignore', 'pipe', 'inherit'] });
    let output = '';
    child.stdout.setEncoding('utf8').on('data', (chunk: string) => { output += chunk; });
    child.once('close', (code, signal) => ended({ code, signal, output }));
  });
}

/** The files below `folder` with the last nine bits of their modes. */
function left(): Record<string, string> {
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).map((name) => [name, (statSync(join(folder, name)).mode & 0o777).toString(8)]);
  return Object.fromEntries(files) as Record<string, string>;
}

test('killed at each step it leaves the old file or the new one, whole, and the next run leaves nothing of it', async () => {
  writeFileSync(path, old, { mode: 0o644 });
  const counted = await run([path, 'KEY', 'new'], {});
  const steps = Number(counted.output);
  expect(steps).toBeGreaterThan(15);
  const seen = new Set<string>();
  for (let step = 1; step <= steps; step++) {
    writeFileSync(path, old, { mode: 0o644 });
    expect(await run([path, 'KEY', 'new'], { FAULT_AT: String(step) })).toMatchObject({ signal: 'SIGKILL' });
    const text = readFileSync(path, 'utf8');
    expect([old, changed]).toContain(text);
    seen.add(text);
    const { '.env': _, '.env.takeoff': room = '700', ...others } = left();
    expect(room).toBe('700'); // nobody else looks into it
    expect(Object.keys(others).filter((name) => !/^\.env\.takeoff\/(?:\.env|lock(?:\.\w+)?)$/.test(name))).toEqual([]);
    await editPrivateFile(path, (before) => `${before}LAST=1\r\n`);
    expect([readFileSync(path, 'utf8'), left()]).toEqual([`${text}LAST=1\r\n`, { '.env': '600' }]);
  }
  expect([...seen].toSorted()).toEqual([changed, old].toSorted());
});

test.each(['ENOSPC', 'EROFS', 'EIO'])('%s leaves the old file whole, and nothing else', async (code) => {
  writeFileSync(path, old);
  expect(await run([path, 'KEY', 'new'], { FAULT_CODE: code })).toMatchObject({ code: 1, output: expect.stringContaining(`the system says ${code}`) as string });
  expect([readFileSync(path, 'utf8'), readdirSync(folder)]).toEqual([old, ['.env']]);
});

test('of runs at once none loses the change of another', async () => {
  writeFileSync(path, old);
  const names = Array.from({ length: 8 }, (_, index) => `NAME${index}`);
  const ended = await Promise.all(names.map((name) => run([path, name, 'x'], {})));
  expect(ended.map(({ code }) => code)).toEqual(names.map(() => 0));
  const lines = readFileSync(path, 'utf8').split('\r\n');
  expect(lines.slice(0, 3)).toEqual(old.trimEnd().split('\r\n').map((line) => (line === 'OTHER=1' ? 'OTHER=1 ' : line)));
  expect(lines.slice(3).toSorted()).toEqual(['', ...names.map((name) => `${name}=x`)]);
  expect(left()).toEqual({ '.env': '600' });
});
