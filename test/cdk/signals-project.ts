import { cpSync, mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { buildSync } from 'esbuild';

/** A project whose CDK is a program that only waits for signals, and whose `npm run deploy` hands over to it. */
export interface WaitingProject {
  readonly directory: string;
  remove(): void;
}

export function waitingProject(): WaitingProject {
  const directory = realpathSync(mkdtempSync(join(tmpdir(), 'takeoff-signals-')));
  const cli = join(directory, 'node_modules/aws-cdk');
  mkdirSync(cli, { recursive: true });
  cpSync(join(__dirname, 'fixtures/fake-cdk/cdk.js'), join(cli, 'cdk.js'));
  writeFileSync(join(cli, 'package.json'), '{ "name": "aws-cdk", "bin": { "cdk": "cdk.js" } }');
  mkdirSync(join(directory, 'cdk.out'));
  cpSync(resolve(__dirname, '../../scripts/cdk/loaded'), join(directory, 'scripts/cdk/loaded'), { recursive: true });
  writeFileSync(join(directory, 'package.json'), '{ "name": "signals", "scripts": { "deploy": "exec node hand-over.mjs" } }');
  buildSync({
    entryPoints: [resolve(__dirname, 'fixtures/hand-over.ts')], outfile: join(directory, 'hand-over.mjs'),
    bundle: true, platform: 'node', format: 'esm', logLevel: 'error',
  });
  return { directory, remove: () => rmSync(directory, { recursive: true, force: true }) };
}
