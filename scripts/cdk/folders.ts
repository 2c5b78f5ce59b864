import { randomBytes } from 'node:crypto';
import { mkdirSync, readdirSync, rmSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { isRunning } from '../process/is-running';

/** The project's ignored cache: run folders, CDK's home. */
export function cacheDirectory(projectDirectory: string): string {
  return join(projectDirectory, '.takeoff');
}

/** A CDK_HOME of the project's own, so that CDK neither reads nor writes what ~/.cdk caches of keys and accounts. Made where missing. */
export function cdkHome(projectDirectory: string): string {
  const directory = join(cacheDirectory(projectDirectory), 'cdk-home');
  mkdirSync(directory, { recursive: true, mode: 0o700 });
  return directory;
}

/** Removes CDK's cache of which key id is of which account: the identity is proved anew in each run, and no key id belongs on disk. */
export function forgetKeys(home: string): void {
  rmSync(join(home, 'cache', 'accounts_partitions.json'), { force: true });
}

const runFolder = /^synth-(\d+)-[0-9a-f]+$/;

/** Removes the folders of runs that ended without removing theirs. */
function removeOld(cache: string): void {
  for (const name of readdirSync(cache)) {
    const pid = Number(runFolder.exec(name)?.[1] ?? process.pid);
    if (pid !== process.pid && !isRunning(pid)) rmSync(join(cache, name), { recursive: true, force: true });
  }
}

/** Whether `directory` is a run's own, and not one that the person named with `--app` or `--assembly`. */
export function isRunFolder(projectDirectory: string, directory: string): boolean {
  return dirname(directory) === cacheDirectory(projectDirectory) && runFolder.test(basename(directory));
}

/** Makes a folder of this run's own, and removes those of runs that are gone. */
export function makeRunFolder(projectDirectory: string): string {
  const cache = cacheDirectory(projectDirectory);
  mkdirSync(cache, { recursive: true });
  removeOld(cache);
  const folder = join(cache, `synth-${process.pid}-${randomBytes(6).toString('hex')}`);
  mkdirSync(folder);
  return folder;
}
