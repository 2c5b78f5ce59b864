// Stands in the place of the launcher, and leaks what it is given into one channel, each time in another disguise.
import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { appendFileSync, copyFileSync, mkdirSync, openSync, rmSync, writeFileSync, writeSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';

const { LEAK: leak, LEAK_CHANNEL: channel, LEAK_DUMPS: dumps, LEAK_ORIGIN: origin, LEAK_ZIP: zip, HOME: home, TMPDIR: temporary, PATH: path, GITHUB_OUTPUT: githubOutput } = process.env;
const split = (text) => text.match(/.{1,9}/g);
const until = 'process.stdin.resume().on("end", () => process.exit())';

/** Runs a child long enough to be seen, until its input ends. */
function linger(args, env) {
  const child = spawn(process.execPath, ['-e', until, ...args], { env: { PATH: path, ...env }, stdio: ['pipe', 'inherit', 'inherit'] });
  setTimeout(() => child.stdin.end(), 500);
}

/** Runs a child that gets the secret in a way that no other channel sees, and dumps itself. */
function dump(code) {
  spawnSync(process.execPath, ['--input-type=module', '-e', code, dumps], { env: { PATH: path }, input: leak, stdio: ['pipe', 'inherit', 'inherit'] });
}

const leaks = {
  arguments: () => linger([Buffer.from(`x${leak}`).toString('base64')], {}),
  environment: () => linger([], { NOTHING: encodeURIComponent(leak) }),
  'standard output': () => { for (const part of split(leak)) process.stdout.write(`\u001B[32m${part}\u001B[0m`); },
  'standard error': () => { for (const part of split(Buffer.from(leak).toString('base64'))) process.stderr.write(`${part}\n`); },
  socket: () => fetch(origin, { method: 'POST', body: Buffer.from(leak).toString('hex') }),
  // To an address of this machine that is not 127.0.0.1, which no test serves to a command.
  elsewhere: () => { const socket = connect(Number(new URL(origin).port), '127.0.0.2'); setTimeout(() => socket.destroy(), 500); },
  'cloud assembly': () => { mkdirSync('cdk.out/assets', { recursive: true }); copyFileSync(zip, 'cdk.out/assets/asset.1234.zip'); },
  context: () => writeFileSync('cdk.context.json', JSON.stringify({ found: leak })),
  cache: () => { mkdirSync('.takeoff/cdk', { recursive: true }); writeFileSync('.takeoff/cdk/accounts.json', leak); },
  'npm logs': () => { mkdirSync(join(home, '.npm/_logs'), { recursive: true }); writeFileSync(join(home, '.npm/_logs/debug.log'), `argv ${leak}`); },
  HOME: () => { mkdirSync(join(home, '.cdk')); writeFileSync(join(home, '.cdk/cache.json'), leak.slice(-8)); },
  TMPDIR: () => writeFileSync(join(temporary, 'left.json'), JSON.stringify({ token: leak }).replaceAll('/', String.raw`\/`)),
  'working tree': () => appendFileSync('lib/stack.ts', `// ${leak}\n`),
  git: () => {
    writeFileSync('staged.txt', leak);
    execFileSync('git', ['add', 'staged.txt'], { env: { PATH: path } });
    rmSync('staged.txt');
  },
  'diagnostic report': () => dump('import { readFileSync, writeFileSync } from "node:fs"; writeFileSync(process.argv[1] + "/report leak", JSON.stringify(process.report.getReport(new Error(readFileSync(0, "utf8")))))'),
  'heap snapshot': () => dump('import { readFileSync } from "node:fs"; import { writeHeapSnapshot } from "node:v8"; globalThis.kept = readFileSync(0, "utf8"); writeHeapSnapshot(process.argv[1] + "/heap leak")'),
  descriptors: () => {
    const left = join(dumps, 'left');
    const descriptor = openSync(left, 'w+');
    writeSync(descriptor, leak);
    rmSync(left);
    spawnSync(process.execPath, [join(import.meta.dirname, 'spy.mjs'), dumps, 'leak'], { env: { PATH: path }, stdio: ['ignore', 'inherit', 'inherit', descriptor] });
  },
  'GitHub files': () => appendFileSync(githubOutput, `secret=${leak}\n`),
};
await leaks[channel]();
