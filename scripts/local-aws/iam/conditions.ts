import { isJsonObject } from '../../configuration/json-object';
import { unsupported } from '../aws-error';
import type { Json, JsonObject } from '../resource';
import { operators, type Operator } from './condition-operators';
import { malformed } from './malformed';
import type { RequestContext } from './request-context';

/** One key of one operator of a Condition block. */
export interface Condition {
  readonly key: string;
  readonly operator: Operator | 'Null';
  readonly ifExists: boolean;
  readonly set: 'ForAllValues' | 'ForAnyValue' | null;
  readonly values: readonly string[];
}

/** @throws AwsError MalformedPolicyDocument for what is no Condition block; UnsupportedOperation for an operator that is not modelled */
export function parseConditions(block: JsonObject): Condition[] {
  return Object.entries(block).flatMap(([name, keys]) => {
    const form = /^(?:(ForAllValues|ForAnyValue):)?([A-Za-z]+?)(IfExists)?$/.exec(name);
    if (form === null || !isJsonObject(keys)) throw malformed();
    const [, set, operatorName = '', ifExists] = form;
    if (operatorName === 'Null' && (set !== undefined || ifExists !== undefined)) throw malformed();
    const operator = operatorName === 'Null' ? operatorName : operators.get(operatorName);
    if (operator === undefined) throw unsupported(`the condition operator ${name}`);
    return Object.entries(keys).map(([key, values]) => ({
      key,
      operator,
      ifExists: ifExists !== undefined,
      set: set === 'ForAllValues' || set === 'ForAnyValue' ? set : null,
      values: (Array.isArray(values) ? values : [values]).map((value) => conditionValue(value)),
    }));
  });
}

/**
 * Whether `condition` holds.
 *
 * @param variables whether `${…}` in its values is a variable
 * @throws AwsError UnsupportedOperation where it cannot be told
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-single-vs-multi-valued-context-keys.html
 */
export function conditionHolds({ key, operator, ifExists, set, values }: Condition, context: RequestContext, variables: boolean): boolean {
  const given = context.values(key);
  if (operator === 'Null') return values.some((value) => (value.toLowerCase() === 'true') === (given === null));
  const texts = typeof given === 'string' ? [given] : given;
  if (texts === null || (set !== null && texts.every((text) => text === ''))) {
    // A missing key fulfils negated operators, IfExists, and whatever is said of all its values. For sets, so does an empty text.
    if (set === 'ForAnyValue') return ifExists;
    return set === 'ForAllValues' || ifExists || operator.negated;
  }
  const patterns = operator.patterns(values, variables ? context : null);
  const holds = (text: string): boolean => patterns.some((matches) => matches(text)) !== operator.negated;
  if (set === 'ForAllValues') return texts.every((text) => holds(text));
  if (set === 'ForAnyValue') return texts.some((text) => holds(text));
  if (typeof given !== 'string') throw unsupported(`a condition on the multivalued key ${key} without ForAllValues or ForAnyValue`);
  return holds(given);
}

function conditionValue(json: Json): string {
  if (typeof json === 'object') throw malformed();
  return String(json);
}
