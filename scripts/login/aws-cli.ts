import type { Environment } from '../process/environment';
import { guardChild, type Guarded } from '../process/signals';
import { startChild } from '../process/spawn';
import { awsCliEnvironment, onPath } from './programs';

/** The AWS CLI of this machine. */
export interface AwsCli {
  readonly file: string;
  readonly major: number;
  readonly minor: number;
}

/** Milliseconds in which it must say its version. */
const patience = 10_000;

/** Finds the AWS CLI on PATH, and asks it for its version. `null` where there is none, or what is there is something else. */
export async function findAwsCli(environment: Environment, cwd: string): Promise<AwsCli | null> {
  const file = onPath('aws', environment);
  if (file === null) return null;
  const { process: child, ended } = startChild({ file, args: ['--version'], cwd, env: awsCliEnvironment(environment), stdio: ['ignore', 'pipe', 'ignore'] });
  let text = '';
  child.stdout?.setEncoding('utf8').on('data', (chunk: string) => { text += chunk; });
  const timer = setTimeout(() => child.kill('SIGKILL'), patience);
  await ended;
  clearTimeout(timer);
  const [, major, minor] = /^aws-cli\/(\d+)\.(\d+)/.exec(text) ?? [];
  return major === undefined || minor === undefined ? null : { file, major: Number(major), minor: Number(minor) };
}

/** Versions from which on the AWS CLI can do it. https://github.com/aws/aws-cli/blob/v2/CHANGELOG.rst */
const since = { ssoLogin: [2, 0], ssoSession: [2, 9], deviceCode: [2, 22], login: [2, 32] } as const;

/** Whether this version of it can do `what`. */
export function can({ major, minor }: AwsCli, what: keyof typeof since): boolean {
  const [from, fromMinor] = since[what];
  return major > from || (major === from && minor >= fromMinor);
}

/** Runs it before the person, in the terminal of the run. A signal reaches it, and is told. */
export async function runAwsCli({ file }: Pick<AwsCli, 'file'>, args: readonly string[], environment: Environment, cwd: string): Promise<Guarded> {
  return guardChild(startChild({ file, args, cwd, env: awsCliEnvironment(environment), stdio: 'inherit', ownGroup: true }));
}
