import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { app, context } from '../../cdk.json';

const root = resolve(__dirname, '../..');
const command = app.split(' ');

/** What an app left behind. */
export interface Synthesized extends Disposable {
  readonly code: number | null;
  readonly output: string;
  /** Text of a file of the assembly. */
  file(name: string): string;
}

/** Runs an app as the CDK CLI does, with the context of cdk.json, and an environment of nothing but `environment`. */
export function runApp(file: string, environment: Readonly<Record<string, string>>): Promise<Synthesized> {
  const outdir = mkdtempSync(join(tmpdir(), 'app-'));
  const env = { PATH: process.env['PATH'] ?? '', HOME: outdir, CDK_OUTDIR: outdir, CDK_CONTEXT_JSON: JSON.stringify(context), ...environment };
  const program = command[0] ?? '';
  return new Promise((done, failed) => {
    const child = spawn(program, [...command.slice(1, -1), file], { cwd: root, env, stdio: ['ignore', 'pipe', 'pipe'] });
    let output = '';
    for (const stream of [child.stdout, child.stderr]) stream.setEncoding('utf8').on('data', (chunk: string) => (output += chunk));
    child.once('error', failed);
    child.once('close', (code) =>
      done({ code, output, file: (name) => readFileSync(join(outdir, name), 'utf8'), [Symbol.dispose]: () => rmSync(outdir, { recursive: true }) }),
    );
  });
}
