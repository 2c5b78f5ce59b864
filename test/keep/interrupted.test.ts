import { spawn } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, realpathSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { buildSync } from 'esbuild';
import { editPrivateFile } from '../../scripts/keep/private-file';
import { sweepWorkroom } from '../../scripts/keep/workroom';

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

/** A folder's, or a file's, that nobody else looks into. */
function modeFor(name: string): string {
  return /^\.env\.takeoff(?:\/\d+)?$/.test(name) ? '700' : '600';
}

/** Once the shell that clears behind a run has done so. */
async function cleared(): Promise<Record<string, string>> {
  for (const since = Date.now(); existsSync(join(folder, '.env.takeoff')) && Date.now() - since < 20_000; await setTimeout(5));
  return left();
}

/** Runs the edit once to count its steps, then once for each of them. */
async function killedAtEachStep(environment: Readonly<Record<string, string>>, look: (text: string) => Promise<void>): Promise<void> {
  const steps = Number((await run([path, 'KEY', 'new'], {})).output);
  expect(steps).toBeGreaterThan(15);
  const seen = new Set<string>();
  for (let step = 1; step <= steps; step++) {
    writeFileSync(path, old);
    chmodSync(path, 0o644);
    expect(await run([path, 'KEY', 'new'], { FAULT_AT: String(step), ...environment })).toMatchObject({ signal: 'SIGKILL' });
    const text = readFileSync(path, 'utf8');
    expect([old, changed]).toContain(text);
    seen.add(text);
    await look(text);
  }
  expect([...seen].toSorted()).toEqual([changed, old].toSorted());
}

test('killed at each step it leaves the old file or the new one, whole, and nothing else', async () => {
  await killedAtEachStep({}, async (text) => {
    expect(await cleared()).toEqual({ '.env': text === old ? '644' : '600' });
    expect(readFileSync(path, 'utf8')).toBe(text);
  });
});

test('killed at each step with all that it had started, it leaves what only its owner can read, and the next run takes that away', async () => {
  let number = 0;
  const everLeft = new Set<string>();
  await killedAtEachStep({ FAULT_TO: 'all' }, async (text) => {
    const { '.env': _, ...others } = left();
    for (const name of Object.keys(others)) everLeft.add(name.replaceAll(/\d+/g, 'N'));
    expect(others).toEqual(Object.fromEntries(Object.keys(others).map((name) => [name, modeFor(name)])));
    expect(Object.keys(others).filter((name) => !/^\.env\.takeoff(?:\/(?:\d+(?:\/\.env|\/\.gitignore)?|lock(?:\.\w+)?))?$/.test(name))).toEqual([]);
    if (number++ % 2 === 0) await editPrivateFile(path, (before) => before);
    else await sweepWorkroom(path);
    expect([readFileSync(path, 'utf8'), Object.keys(left())]).toEqual([text, ['.env']]);
  });
  expect([...everLeft]).toEqual(expect.arrayContaining(['.env.takeoff', '.env.takeoff/lock', '.env.takeoff/N', '.env.takeoff/N/.gitignore', '.env.takeoff/N/.env']));
}, 180_000);

test('a run that is alive is not swept away', async () => {
  await editPrivateFile(path, (before) => {
    void sweepWorkroom(path);
    return `${before}A=1\n`;
  });
  expect(readFileSync(path, 'utf8')).toBe('A=1\n');
});

const reasons: Readonly<Record<string, string>> = { ENOSPC: 'the disk is full', EROFS: 'the file system is read-only', EIO: 'the disk does not work' };

test.each([['ENOSPC', 'text'], ['EROFS', 'text'], ['EIO', 'text'], ['ENOSPC', 'lock'], ['EROFS', 'lock']])('%s at the %s leaves the old file whole, and nothing else', async (code, what) => {
  writeFileSync(path, old);
  expect(await run([path, 'KEY', 'new'], { FAULT_CODE: code, FAULT_TO: what })).toMatchObject({ code: 1, output: `FILE_SYSTEM Credentials are not written to ${path}: ${reasons[code]} (${code}).` });
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
