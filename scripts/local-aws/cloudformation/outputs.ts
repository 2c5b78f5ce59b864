import type { Json } from '../resource';
import { existingValues } from './engine';
import type { Evaluated } from './evaluate';
import { resolveText } from './intrinsics';
import type { StackOutput, StackRecord } from './records';

/**
 * The outputs of a stack whose resources all exist.
 *
 * @throws AwsError ValidationError
 */
export function outputsOf(stack: StackRecord, evaluated: Evaluated): readonly StackOutput[] {
  const scope = evaluated.scope(existingValues(stack));
  const text = (value: Json, what: string) => resolveText(value, scope, `${what} must be a string`);
  return Object.entries(evaluated.outputs).map(([key, output]) => ({
    key,
    value: text(output.value, `The Value of output ${key}`),
    description: output.description,
    exportName: output.exportName === null ? null : text(output.exportName, `The export name of output ${key}`),
  }));
}
