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

/**
 * Puts a run's assembly where CDK's own tools look for it: cdk.out. The whole folder is moved, so that cdk.out is
 * always one run's.
 *
 * @returns the assembly at its new place; as it is where another CDK is reading cdk.out, or where it is a folder
 *   that the person named
 */
export function publish<A extends Assembly>(assembly: A, projectDirectory: string): A {
  const target = join(projectDirectory, 'cdk.out');
  if (!isRunFolder(projectDirectory, assembly.directory)) return assembly;
  if (existsSync(target)) {
    if (isInUse(target)) return assembly;
    const aside = makeRunFolder(projectDirectory);
    renameSync(target, join(aside, 'cdk.out'));
    renameSync(assembly.directory, target);
    rmSync(aside, { recursive: true, force: true });
  } else {
    renameSync(assembly.directory, target);
  }
  const moved = (path: string): string => join(target, path.slice(assembly.directory.length));
  return { ...assembly, directory: target, stacks: assembly.stacks.map((stack) => ({ ...stack, templateFile: moved(stack.templateFile) })) };
}
