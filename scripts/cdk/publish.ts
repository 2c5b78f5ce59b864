import { existsSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Assembly } from '../assembly/assembly';
import { isRunning } from '../process/is-running';
import { isRunFolder, makeRunFolder } from './folders';

/** The lock of a CDK CLI that uses the folder: `read.PID.N.lock`. */
function isInUse(directory: string): boolean {
  return readdirSync(directory).some((name) => {
    const pid = /^read\.(\d+)\.\d+\.lock$/.exec(name)?.[1];
    return pid !== undefined && isRunning(Number(pid));
  });
}

/** What another run that publishes at the same moment makes of a rename: `cdk.out` is gone, or is there again. */
const crossed: ReadonlySet<string | undefined> = new Set(['ENOENT', 'ENOTEMPTY', 'EEXIST']);

/** How often runs may cross each other. */
const attempts = 5;

function replace(target: string, directory: string, projectDirectory: string): void {
  if (!existsSync(target)) return renameSync(directory, target);
  const aside = makeRunFolder(projectDirectory);
  try {
    renameSync(target, join(aside, 'cdk.out'));
    renameSync(directory, target);
  } finally {
    rmSync(aside, { recursive: true, force: true });
  }
}

/**
 * Puts a run's assembly where CDK's own tools look for it: cdk.out. The whole folder is moved, so that cdk.out is
 * always one run's.
 *
 * @returns the assembly at its new place; as it is where another CDK is reading cdk.out, or where it is a folder
 *   that the person named
 * @throws what Node throws where cdk.out cannot be replaced
 */
export function publish<A extends Assembly>(assembly: A, projectDirectory: string): A {
  const target = join(projectDirectory, 'cdk.out');
  if (!isRunFolder(projectDirectory, assembly.directory)) return assembly;
  for (let attempt = 1; ; attempt++) {
    try {
      if (existsSync(target) && isInUse(target)) return assembly;
      replace(target, assembly.directory, projectDirectory);
      break;
    } catch (error) {
      if (attempt === attempts || !crossed.has((error as NodeJS.ErrnoException).code)) throw error;
    }
  }
  const moved = (path: string): string => join(target, path.slice(assembly.directory.length));
  return { ...assembly, directory: target, stacks: assembly.stacks.map((stack) => ({ ...stack, templateFile: moved(stack.templateFile) })) };
}
