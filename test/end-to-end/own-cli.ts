import { mkdirSync, readdirSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Project } from './project';

/**
 * Puts a CDK CLI of these files, or none, in the place of the real one. The other packages stay as they are, each by a link.
 *
 * @param files by their paths in the package
 * @returns what puts the real one back
 */
export function useCli({ directory }: Project, files: Readonly<Record<string, string>>): () => void {
  const modules = join(directory, 'node_modules');
  const real = realpathSync(modules);
  rmSync(modules);
  mkdirSync(modules);
  for (const name of readdirSync(real)) if (name !== 'aws-cdk') symlinkSync(join(real, name), join(modules, name));
  for (const [path, text] of Object.entries(files)) {
    const file = join(modules, 'aws-cdk', path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
  }
  return () => {
    rmSync(modules, { recursive: true });
    symlinkSync(real, modules);
  };
}
