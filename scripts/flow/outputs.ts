import { readFileSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { DeployedStack } from '../api/find-api';
import { valueOf } from '../cdk/arguments';
import { usage } from '../failures/failure';
import type { Run } from './run';

/** Where the outputs of a deploy are written. */
export interface OutputsFile {
  /** What CDK is told: the person's arguments, with a file of ours where they named none. */
  readonly args: readonly string[];
  /** The outputs of each stack deployed; empty where CDK wrote none. */
  read(): readonly DeployedStack[];
}

/** Has CDK write the stacks' outputs to a file, so that the summary needs no further call. */
export function outputsFile({ options, surroundings, cache }: Run): OutputsFile {
  const given = valueOf(options.cdkArguments, '--outputs-file', '--outputsFile', '-O');
  const path = given === null ? join(cache, `outputs-${process.pid}.json`) : resolve(surroundings.projectDirectory, given);
  return {
    args: given === null ? [...options.cdkArguments, '--outputs-file', path] : options.cdkArguments,
    read() {
      try {
        return parseOutputs(path);
      } catch {
        return [];
      } finally {
        if (given === null) rmSync(path, { force: true });
      }
    },
  };
}

/** @throws where there is no such file, or it is no JSON */
function parseOutputs(path: string): DeployedStack[] {
  const stacks = JSON.parse(readFileSync(path, 'utf8')) as { readonly [stack: string]: { readonly [output: string]: string } };
  return Object.entries(stacks).map(([name, outputs]) => ({ name, outputs }));
}

/**
 * The stacks in a file that an earlier deploy wrote (`--outputs-file`).
 *
 * @throws Failure USAGE
 */
export function stacksIn(path: string): DeployedStack[] {
  try {
    return parseOutputs(path);
  } catch {
    throw usage(`${path} is not there, or holds no outputs of a deploy.`, 'Let the deploy write it: npm run deploy -- --outputs-file outputs.json');
  }
}
