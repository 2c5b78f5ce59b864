import { AwsError } from '../aws-error';
import type { LocalAws } from '../service';
import { getStack, stacks, type StackOutput, type StackRecord } from './records';

/** An output under its export's name, which is one in a region. */
export interface Export {
  readonly name: string;
  readonly value: string;
  readonly stack: StackRecord;
}

/** Those of the stacks that are not deleted. */
export function exportsOf(local: LocalAws, region: string): readonly Export[] {
  return living(local, region).flatMap((stack) => stack.outputs.flatMap(({ exportName, value }) => (exportName === null ? [] : [{ name: exportName, value, stack }])));
}

/** @throws AwsError ValidationError */
export function getExportedValue(local: LocalAws, region: string, name: string): string {
  const found = exportsOf(local, region).find((candidate) => candidate.name === name);
  if (found === undefined) throw new AwsError('ValidationError', `No export named ${name} found`);
  return found.value;
}

/** What a weak reference reads: no guard keeps it. @throws AwsError ValidationError */
export function getOutputValue(local: LocalAws, region: string, stackName: string, outputName: string): string {
  const found = getStack(local, region, stackName).outputs.find(({ key }) => key === outputName);
  if (found === undefined) throw new AwsError('ValidationError', `Output ${outputName} does not exist in stack ${stackName}`);
  return found.value;
}

/** Names of the stacks that use the export. */
export function importersOf(local: LocalAws, region: string, name: string): readonly string[] {
  return living(local, region).filter((stack) => stack.imports.includes(name)).map((stack) => stack.stackName);
}

/** `one`, `one and two`, `one, two and three` */
function enumeration(names: readonly string[]): string {
  return [names.slice(0, -1).join(', '), names.at(-1)].filter(Boolean).join(' and ');
}

/**
 * The guards of exports: unique by name, not empty, and neither removed nor changed while another stack uses them.
 *
 * @throws AwsError ValidationError
 */
export function verifyExports(local: LocalAws, stack: StackRecord, before: readonly StackOutput[], after: readonly StackOutput[]): void {
  for (const { exportName, value } of before) {
    if (exportName === null) continue;
    const users = importersOf(local, stack.region, exportName).filter((name) => name !== stack.stackName);
    if (users.length === 0) continue;
    const now = after.find((output) => output.exportName === exportName);
    if (now === undefined) throw new AwsError('ValidationError', `Delete canceled. Cannot delete export ${exportName} as it is in use by ${enumeration(users)}.`);
    if (now.value !== value) throw new AwsError('ValidationError', `Update canceled. Cannot update export ${exportName} as it is in use by ${enumeration(users)}.`);
  }
  const others = exportsOf(local, stack.region).filter((other) => other.stack !== stack);
  for (const { key, exportName, value } of after) {
    if (exportName !== null && value.trim() === '') throw new AwsError('ValidationError', `Cannot export output ${key}. Exported values must not be empty or whitespace-only.`);
    const owner = others.find((other) => other.name === exportName);
    if (owner) throw new AwsError('ValidationError', `Export with name ${exportName} is already exported by stack ${owner.stack.stackName}`);
  }
}

function living(local: LocalAws, region: string): readonly StackRecord[] {
  return [...stacks(local).values()].filter((stack) => stack.region === region && stack.status !== 'DELETE_COMPLETE');
}
