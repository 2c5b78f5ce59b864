import { fstatSync } from 'node:fs';
import type { Environment } from '../process/environment';
import { github } from './github';

/**
 * Tells the runner of GitHub Actions a secret, so that it stands in no log, whatever later prints it. Elsewhere nothing is said: there
 * it would be what puts the secret into the log. The runner reads both streams of a step; standard output may be data.
 * https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-commands#masking-a-value-in-a-log
 *
 * @param stderr where it is a file no runner reads it, and nothing is written
 */
export function maskOn(environment: Environment, stderr: { readonly fd: number; write: (text: string) => unknown }): (secret: string) => void {
  if (!isHeard(environment, stderr)) return () => undefined;
  return (secret) => { stderr.write(`::add-mask::${secret}\n`); };
}

/** Whether the runner of GitHub Actions reads what is written to `stderr`, and does what its commands say. */
export function isHeard(environment: Environment, stderr: { readonly fd: number }): boolean {
  return github.isHere(environment) && !isFile(stderr.fd);
}

function isFile(descriptor: number): boolean {
  try {
    return fstatSync(descriptor).isFile();
  } catch {
    return false;
  }
}
