import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { isJsonObject, type JsonObject } from '../configuration/json-object';
import { usage } from '../failures/failure';
import { assetCommandsOf, assetPathsOf } from './asset-commands';
import type { Assembly, AssemblyStack } from './assembly';

const stackType = 'aws:cloudformation:stack';

function text(value: unknown): string | null {
  return typeof value === 'string' ? value : null;
}

/** The JSON object in `file`. Throws a usage Failure where there is none. */
function readObject(file: string): JsonObject {
  let value: unknown;
  try {
    value = JSON.parse(readFileSync(file, 'utf8'));
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw usage(`${file} is no manifest of a cloud assembly (${code ?? 'not valid JSON'}).`, 'Make an assembly with: npm run synth');
  }
  if (!isJsonObject(value)) throw usage(`${file} is no manifest of a cloud assembly: it holds no JSON object.`, 'Make an assembly with: npm run synth');
  return value;
}

/** Account and region of `aws://123456789012/us-west-2`; null where the stack leaves them open. */
function environmentOf(value: unknown): Pick<AssemblyStack, 'account' | 'region'> {
  const [, account, region] = /^aws:\/\/([^/]+)\/(.+)$/.exec(text(value) ?? '') ?? [];
  return {
    account: account === undefined || account === 'unknown-account' ? null : account,
    region: region === undefined || region === 'unknown-region' ? null : region,
  };
}

/** A manifest that was read. */
interface Manifest {
  /** Where it is. */
  readonly directory: string;
  readonly artifacts: JsonObject;
  /** Whether it is in another's folder: a stage's. */
  readonly nested: boolean;
}

function idOf(artifactId: string, artifact: JsonObject): string {
  return text(artifact['displayName']) ?? artifactId;
}

/** The stacks of the same manifest that `artifact` depends on. */
function dependenciesOf(artifact: JsonObject, artifacts: JsonObject): string[] {
  const named = Array.isArray(artifact['dependencies']) ? artifact['dependencies'] : [];
  return named.filter((id) => typeof id === 'string').flatMap((id) => {
    const other = Object.hasOwn(artifacts, id) ? artifacts[id] : undefined;
    return isJsonObject(other) && other['type'] === stackType ? [idOf(id, other)] : [];
  });
}

function stackOf(artifactId: string, artifact: JsonObject, manifest: Manifest): AssemblyStack {
  const properties = isJsonObject(artifact['properties']) ? artifact['properties'] : {};
  const parameter = text(properties['bootstrapStackVersionSsmParameter']);
  const version = properties['requiresBootstrapStackVersion'];
  const lookupRole = isJsonObject(properties['lookupRole']) ? properties['lookupRole'] : {};
  return {
    id: idOf(artifactId, artifact),
    name: text(properties['stackName']) ?? artifactId,
    ...environmentOf(artifact['environment']),
    bootstrap: parameter !== null && typeof version === 'number' ? { parameter, version } : null,
    deployRoleArn: text(properties['assumeRoleArn']),
    lookupRoleArn: text(lookupRole['arn']),
    templateFile: resolve(manifest.directory, text(properties['templateFile']) ?? ''),
    nested: manifest.nested,
    dependsOn: dependenciesOf(artifact, manifest.artifacts),
  };
}

interface Contents {
  readonly stacks: readonly AssemblyStack[];
  readonly missing: readonly string[];
  readonly assetCommands: readonly string[];
  /** Absolute. */
  readonly assetPaths: readonly string[];
}

function contentsOf(artifactId: string, artifact: JsonObject, manifest: Manifest): Contents {
  const none: Contents = { stacks: [], missing: [], assetCommands: [], assetPaths: [] };
  const properties = isJsonObject(artifact['properties']) ? artifact['properties'] : {};
  const { type } = artifact;
  const file = (name: unknown): string => join(manifest.directory, text(name) ?? '');
  if (type === stackType) return { ...none, stacks: [stackOf(artifactId, artifact, manifest)] };
  if (type === 'cdk:asset-manifest') {
    const assets = readObject(file(properties['file']));
    return { ...none, assetCommands: assetCommandsOf(assets), assetPaths: assetPathsOf(assets).map((path) => resolve(manifest.directory, path)) };
  }
  if (type === 'cdk:cloud-assembly') return readManifest(file(properties['directoryName']), true);
  return none;
}

function readManifest(directory: string, nested: boolean): Contents {
  const manifest = readObject(join(directory, 'manifest.json'));
  const artifacts = isJsonObject(manifest['artifacts']) ? manifest['artifacts'] : {};
  const parts = Object.entries(artifacts).flatMap(([id, artifact]) => (isJsonObject(artifact) ? [contentsOf(id, artifact, { directory, artifacts, nested })] : []));
  const missing = Array.isArray(manifest['missing']) ? manifest['missing'].map((entry: unknown) => (isJsonObject(entry) ? text(entry['key']) : null) ?? 'unnamed') : [];
  return {
    stacks: parts.flatMap((part) => part.stacks),
    missing: [...missing, ...parts.flatMap((part) => part.missing)],
    assetCommands: parts.flatMap((part) => part.assetCommands),
    assetPaths: parts.flatMap((part) => part.assetPaths),
  };
}

/**
 * Reads a cloud assembly, those nested in it (stages) included.
 *
 * @throws Failure USAGE where `directory` holds none
 */
export function readAssembly(directory: string): Assembly {
  const absolute = resolve(directory);
  const { stacks, missing, assetCommands } = readManifest(absolute, false);
  return { directory: absolute, stacks, missing: [...new Set(missing)], assetCommands: [...new Set(assetCommands)] };
}

/**
 * Where the assets of an assembly are, absolute, those of stages included: in the assembly, unless the app or its
 * context switched staging off.
 *
 * @throws Failure USAGE where `directory` holds no assembly
 */
export function assetPathsIn(directory: string): readonly string[] {
  return readManifest(resolve(directory), false).assetPaths;
}
