import type { Json } from '../resource';
import type { Evaluated } from './evaluate';
import { resolve } from './intrinsics';
import { importArguments } from './references';
import type { Scope } from './scope';

/**
 * What is imported must be there before CloudFormation makes anything.
 *
 * @throws AwsError ValidationError for an export that does not exist
 */
export function verifyImports(evaluated: Evaluated): void {
  // No import depends on a resource.
  const inputs: Scope = evaluated.scope({ ref: () => null, attribute: () => null });
  const places: Json[] = [...Object.values(evaluated.resources).map(({ properties }) => properties), ...Object.values(evaluated.outputs).map(({ value }) => value)];
  for (const argument of importArguments(places, (condition) => inputs.condition(condition))) resolve({ 'Fn::ImportValue': argument }, inputs);
}
