import { Writable } from 'node:stream';
import { Failure, usage } from '../failures/failure';
import { redact } from '../secrets/redact';
import { lookupArguments } from './arguments';
import { runBesideCredentials, type Authority } from './beside-credentials';
import { cdkFailed } from './cdk-failed';
import type { PersonEnvironment } from './environments';
import { commandsBesideCredentials, onlyPlugins, pluginsOf, verifyCommandsAllowed } from './plugins';

/** What is to be looked up, and as whom. */
export interface LookupInit {
  readonly projectDirectory: string;
  readonly person: PersonEnvironment;
  /** Folder of the assembly whose `missing` says what to look up. */
  readonly assembly: string;
  readonly authority: Authority;
  readonly allowAssetCommands: boolean;
}

/** Keeps the last of what is written to it. */
class Tail extends Writable {
  text = '';
  override _write(chunk: Buffer, _encoding: BufferEncoding, done: () => void): void {
    this.text = (this.text + chunk.toString()).slice(-1_000_000);
    done();
  }
}

/** The text that `json` is a string of; `json` itself where it is none. */
function textOf(json: string): string {
  try {
    return String(JSON.parse(json));
  } catch {
    return json;
  }
}

/** Why lookups failed, as CDK's debug output has it: `Setting "KEY" context to {"$providerError":"…"}`. */
function errorsIn(text: string): string[] {
  const found = text.matchAll(/\{"\$providerError":("(?:\\.|[^"\\])*")/g);
  return [...new Set([...found].map((match) => redact(textOf(match[1] ?? '""'))))];
}

/**
 * Has CDK look up what the assembly lacks, and write it to cdk.context.json. CDK is given the assembly and not the
 * app, so that nothing that the person wrote runs beside the credentials.
 *
 * @returns what failed; empty where all was found
 * @throws Failure CDK_FAILED where CDK did not come to its end; INTERRUPTED; USAGE where it would load a plugin that is not
 *   allowed; TOOLCHAIN
 */
export async function lookUp(init: LookupInit): Promise<string[]> {
  const plugins = pluginsOf(init.projectDirectory);
  verifyCommandsAllowed(commandsBesideCredentials(plugins, []), init.allowAssetCommands);
  const tail = new Tail();
  const { projectDirectory, person, authority } = init;
  const ending = await runBesideCredentials({
    projectDirectory,
    person,
    authority,
    args: lookupArguments(init.assembly, authority.region, onlyPlugins(projectDirectory, plugins)),
    output: { kind: 'streams', stdout: tail, stderr: tail },
    interrupted: { message: 'Interrupted while looking up context. Nothing was changed.', fix: 'Run it again.' },
  });
  // Its code tells nothing: what it was given still lacks what it found.
  if (ending.kind !== 'exited') throw cdkFailed('synth', ending, 'Run the same command again.', 'It was to look up what the app needs.');
  return errorsIn(tail.text);
}

/** Keys of context as a list that a person can read: not more than ten. */
function listed(keys: readonly string[]): string {
  const more = keys.length > 10 ? [`  and ${keys.length - 10} more`] : [];
  return [...keys.slice(0, 10).map((key) => `  ${key}`), ...more].join('\n');
}

/** The app needs lookups, and there are no credentials for them, or the person switched them off. */
export function lookupsNeeded(keys: readonly string[], why: 'no credentials' | 'switched off'): Failure {
  if (why === 'switched off') {
    return usage(`The app needs context that cdk.context.json does not have, and --no-lookups forbids to look it up:\n${listed(keys)}`, 'Leave --no-lookups out, or commit a cdk.context.json that has it.');
  }
  return new Failure({
    code: 'NO_CREDENTIALS',
    message: `The app needs context that only AWS knows, and there are no credentials to look it up with:\n${listed(keys)}`,
    fix: 'Give credentials and run it again. Then commit cdk.context.json: with it no credentials are needed. To see which credentials are found: npm run preflight',
  });
}

/** The lookups were tried and did not help. */
export function lookupsFailed(keys: readonly string[], errors: readonly string[]): Failure {
  const reasons = errors.length === 0 ? '' : `\nCDK says: ${errors.join('\nCDK says: ')}`;
  return new Failure({
    code: 'CDK_FAILED',
    message: `CDK could not look up what the app needs:\n${listed(keys)}${reasons}`,
    fix: 'Check that what the app looks up exists in this account and region, and that the credentials may read it.',
  });
}
