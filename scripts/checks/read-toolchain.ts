import { closeSync, openSync, readFileSync, readSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { jsonObjectIn, type JsonObject } from '../configuration/json-object';
import type { Toolchain } from './toolchain';

/** Bytes of the CLI's bundle that are searched: the schema stands in its first half megabyte. */
const searched = 1024 * 1024;

const nameInBundle = 'cloud-assembly-schema/schema/version.json"';

/** An empty object where there is no such file, or nothing of use in it. */
function readJson(path: string): JsonObject {
  try {
    return jsonObjectIn(readFileSync(path, 'utf8'));
  } catch {
    return {};
  }
}

/** The folder of a package as a file at `from` would find it; `null` where it is not installed. */
function folderOf(name: string, from: string): string | null {
  try {
    return dirname(createRequire(from).resolve(`${name}/package.json`));
  } catch {
    return null;
  }
}

/** What the CLI and the library of a project say of themselves. Runs nothing. */
export function readToolchain(projectDirectory: string): Toolchain {
  const project = join(projectDirectory, 'package.json');
  const engines = readJson(project)['engines'];
  const asked = typeof engines === 'object' && engines !== null && 'node' in engines ? String(engines.node) : '';
  return {
    node: process.versions.node,
    leastNode: /^\s*>=\s*v?(\d+(?:\.\d+){0,2})\s*$/.exec(asked)?.[1] ?? null,
    cli: cliOf(project),
    schema: schemaOfLibrary(project),
  };
}

function cliOf(project: string): Toolchain['cli'] {
  const folder = folderOf('aws-cdk', project);
  if (folder === null) return null;
  const version = readJson(join(folder, 'package.json'))['version'];
  return { version: typeof version === 'string' ? version : 'unknown', schema: schemaInBundle(join(folder, 'lib', 'index.js')) };
}

/** The CLI carries the schema's version.json in its bundle, and compares with that. */
function schemaInBundle(path: string): number | null {
  const bundle = beginningOf(path);
  for (let at = bundle.indexOf(nameInBundle); at !== -1; at = bundle.indexOf(nameInBundle, at + 1)) {
    const revision = /revision"?: (\d+)/.exec(bundle.toString('latin1', at, at + 1000))?.[1];
    if (revision !== undefined) return Number(revision);
  }
  return null;
}

function beginningOf(path: string): Buffer {
  try {
    const file = openSync(path, 'r');
    try {
      const bytes = Buffer.allocUnsafe(searched);
      return bytes.subarray(0, readSync(file, bytes, 0, searched, 0));
    } finally {
      closeSync(file);
    }
  } catch {
    return Buffer.alloc(0);
  }
}

function schemaOfLibrary(project: string): Toolchain['schema'] {
  const library = folderOf('aws-cdk-lib', project);
  if (library === null) return null;
  const folder = folderOf('@aws-cdk/cloud-assembly-schema', join(library, 'package.json'));
  const revision = folder === null ? undefined : readJson(join(folder, 'schema', 'version.json'))['revision'];
  const version = readJson(join(library, 'package.json'))['version'];
  return typeof revision === 'number' ? { version: revision, of: `aws-cdk-lib ${typeof version === 'string' ? version : ''}`.trim() } : null;
}

/** The same of an assembly: the number before the first dot of its manifest's version. `null` where it tells none. */
export function schemaOfAssembly(directory: string): Toolchain['schema'] {
  const version = readJson(join(directory, 'manifest.json'))['version'];
  const major = typeof version === 'string' ? /^(\d+)\./.exec(version)?.[1] : undefined;
  return major === undefined ? null : { version: Number(major), of: 'this assembly' };
}
