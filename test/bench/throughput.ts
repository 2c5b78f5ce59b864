import { execFileSync } from 'node:child_process';
import { createHash, randomBytes } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { Readable, Writable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { auditAssembly } from '../../scripts/assembly/audit';
import { readSourceSecrets } from '../../scripts/checks/read-source-secrets';
import { redactingStream } from '../../scripts/secrets/redacting-stream';
import { forgetSecrets, registerSecret } from '../../scripts/secrets/registry';

/** How fast bytes go through something, and how fast this machine is: SHA-256 of the same bytes. Both in MB/s. */
export interface Throughput {
  readonly what: string;
  readonly atLeast: number;
  readonly ours: number;
  readonly sha256: number;
}

const root = resolve(__dirname, '../..');
const megabytes = 64;
const rounds = 5;

/** `sample` again and again, up to `megabytes`. */
function filled(sample: Buffer): Buffer {
  return Buffer.concat(Array.from({ length: Math.ceil((megabytes * 1e6) / sample.length) }, () => sample), megabytes * 1e6);
}

const lines = (): Buffer => filled(readFileSync(join(root, 'package-lock.json')));
const coloured = (): Buffer => filled(Buffer.from('\u001B[32m✅\u001B[39m  \u001B[1mTakeoffNotes\u001B[22m (no changes), deployed in 12.3 s\n'));

async function redacted(bytes: Buffer): Promise<void> {
  const pipe = 1 << 16; // what a pipe holds
  const chunks = Array.from({ length: Math.ceil(bytes.length / pipe) }, (_, index) => bytes.subarray(index * pipe, (index + 1) * pipe));
  const sink = new Writable({ write: (_chunk, _encoding, done) => done() });
  await pipeline(Readable.from(chunks), redactingStream(), sink);
}

/** MB/s of the best round: what is measured is the work, and not what else the machine does. */
async function speed(work: () => unknown): Promise<number> {
  let best = Infinity;
  for (let round = 0; round < rounds; round++) {
    const started = performance.now();
    await work();
    best = Math.min(best, performance.now() - started);
  }
  return (megabytes * 1000) / best;
}

async function measured(what: string, atLeast: number, bytes: Buffer, work: () => Promise<unknown>): Promise<Throughput> {
  return { what, atLeast, ours: await speed(work), sha256: await speed(() => createHash('sha256').update(bytes).digest()) };
}

/** The redaction of what is printed, with `count` secrets registered. */
async function ofRedaction(what: string, bytes: Buffer, count: number): Promise<Throughput> {
  forgetSecrets();
  for (let number = 0; number < count; number++) registerSecret(randomBytes(number % 3 === 2 ? 600 : 30).toString('base64'));
  try {
    return await measured(`redaction of ${what}, ${count} secrets`, 100, bytes, () => redacted(bytes));
  } finally {
    forgetSecrets();
  }
}

const credentials = { accessKeyId: 'ASIABENCH', secretAccessKey: randomBytes(30).toString('base64'), sessionToken: randomBytes(600).toString('base64') };

/** The search of one file of an assembly. */
async function ofAudit(what: string, bytes: Buffer): Promise<Throughput> {
  const directory = mkdtempSync(join(tmpdir(), 'takeoff-bench-'));
  try {
    writeFileSync(join(directory, 'asset'), bytes);
    return await measured(`audit of ${what}`, 200, bytes, () => auditAssembly(directory, credentials));
  } finally {
    rmSync(directory, { recursive: true });
  }
}

/** The search of what git tracks, in `count` files, with nothing remembered of a search before. Opening them takes its time too. */
async function ofSource(count: number, atLeast: number, bytes: Buffer): Promise<Throughput> {
  const directory = mkdtempSync(join(tmpdir(), 'takeoff-bench-'));
  const size = Math.ceil(bytes.length / count);
  for (let number = 0; number < count; number++) {
    const path = join(directory, `${number}.ts`);
    writeFileSync(path, `// ${number}\n${bytes.toString('latin1', number * size, (number + 1) * size)}`);
    utimesSync(path, 0, 0); // what is as new as its index git itself would read each time
  }
  for (const args of [['init', '-q'], ['add', '.']]) execFileSync('git', args, { cwd: directory });
  const search = (): Promise<unknown> => readSourceSecrets({ projectDirectory: directory, environment: process.env, cache: mkdtempSync(join(directory, '.git/cache-')), credentials: Promise.resolve(credentials) });
  try {
    return await measured(`search of ${count} files that git tracks`, atLeast, bytes, search);
  } finally {
    rmSync(directory, { recursive: true });
  }
}

/** How fast output is redacted and an assembly is searched. */
export async function throughputs(): Promise<readonly Throughput[]> {
  return [
    await ofRedaction('lines', lines(), 3),
    await ofRedaction('lines', lines(), 25),
    await ofRedaction('coloured lines', coloured(), 25),
    await ofAudit('text', lines()),
    await ofAudit('minified code', filled(readFileSync(join(root, 'node_modules/aws-cdk/lib/index.js')))),
    await ofSource(2000, 100, lines()),
    await ofSource(20_000, 50, lines()),
    await ofAudit('binary', randomBytes(megabytes * 1e6)),
  ];
}
