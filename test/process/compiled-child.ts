import { mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { build } from 'esbuild';

const packages = join(__dirname, '../../node_modules');

/** A program of the tests that is started again and again, without being compiled each time. */
export interface CompiledChild {
  readonly file: string;
  remove(): void;
}

export async function compiledChild(source: string): Promise<CompiledChild> {
  const folder = mkdtempSync(join(tmpdir(), 'compiled-child-'));
  // What is not in the compiled file is found beside it.
  symlinkSync(packages, join(folder, 'node_modules'));
  const file = join(folder, `${basename(source, '.ts')}.js`);
  await build({ entryPoints: [source], outfile: file, bundle: true, platform: 'node', target: 'node20', external: ['dynalite'], logLevel: 'error' });
  return { file, remove: () => rmSync(folder, { recursive: true, force: true }) };
}
