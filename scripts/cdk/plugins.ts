import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { jsonObjectIn } from '../configuration/json-object';
import { Failure } from '../failures/failure';

/** Plugins that CDK would load beside the credentials, as cdk.json names them. A cdk.json that was broken since the run began names none. */
export function pluginsOf(projectDirectory: string): string[] {
  let plugin: unknown;
  try {
    ({ plugin } = jsonObjectIn(readFileSync(join(projectDirectory, 'cdk.json'), 'utf8').replace(/^\uFEFF/, '')));
  } catch {
    return [];
  }
  if (plugin === undefined || plugin === null) return [];
  return (Array.isArray(plugin) ? plugin : [plugin]).map(String);
}

/**
 * What CDK is told to load: `named`, and nothing that its files name by then besides. The app knows both files, and may
 * have written to them.
 *
 * @param named those that were shown, and are allowed
 */
export function onlyPlugins(projectDirectory: string, named: readonly string[]): readonly string[] {
  return named.length > 0 ? named : [join(projectDirectory, 'scripts/cdk/loaded/no-plugin.cjs')];
}

/**
 * What CDK would run beside the credentials, as a person would read it. The plan names it.
 *
 * @param plugins of {@link pluginsOf}
 * @param assetCommands asset executables and Docker builds, of the assembly
 */
export function commandsBesideCredentials(plugins: readonly string[], assetCommands: readonly string[]): string[] {
  return [...plugins.map((plugin) => `CDK plugin: ${plugin}`), ...assetCommands];
}

/**
 * Refuses what would run beside the credential endpoint, unless the project allows it.
 *
 * @param commands of {@link commandsBesideCredentials}
 * @throws Failure USAGE
 */
export function verifyCommandsAllowed(commands: readonly string[], allowed: boolean): void {
  if (allowed || commands.length === 0) return;
  throw new Failure({
    code: 'USAGE',
    message: `CDK would run these beside the credentials, and the project does not allow it:\n${commands.map((command) => `  ${command}`).join('\n')}`,
    fix: 'If you trust each of them, set "allowAssetCommands": true under context.takeoff in cdk.json.',
  });
}
