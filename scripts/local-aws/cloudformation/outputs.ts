import type { Json } from '../resource';
import { existingValues } from './engine';
import type { Evaluated } from './evaluate';
import { resolve } from './intrinsics';
import type { StackOutput, StackRecord } from './records';
import { scalarText } from './scalar';
import { noValue } from './scope';
import { formatError } from './template-error';

/**
 * The outputs of a stack whose resources all exist.
 *
 * @throws AwsError ValidationError
 */
export function outputsOf(stack: StackRecord, evaluated: Evaluated): readonly StackOutput[] {
  const scope = evaluated.scope(existingValues(stack));
  const text = (value: Json): string => {
    const resolved = resolve(value, scope);
    const said = resolved === noValue ? null : scalarText(resolved);
    if (said === null) throw formatError('The Value field of every Outputs member must evaluate to a String.');
    return said;
  };
  return Object.entries(evaluated.outputs).map(([key, output]) => ({
    key,
    value: text(output.value),
    description: output.description,
    exportName: output.exportName === null ? null : text(output.exportName),
  }));
}
