import { isDeepStrictEqual } from 'node:util';
import { typeOf, type Engine } from './engine';
import type { Evaluated } from './evaluate';
import { expectedValues, ofCreation } from './expected-values';
import { inOrder } from './graph';
import type { StackInput, StackRecord } from './records';
import { added, modified, removed, type Cause, type ResourceChange } from './resource-change';
import { stackTagsOf } from './stack-tags';
import { parseTemplate } from './template';

/** What an update to `input` would do to each resource, before anything is done. */
export function planChanges(engine: Engine, stack: StackRecord, evaluated: Evaluated, input: StackInput): readonly ResourceChange[] {
  const planned = new Map<string, ResourceChange>();
  const before = Object.keys(stack.resources).length > 0 ? parseTemplate(stack.input.templateBody) : null;
  for (const id of inOrder(evaluated.graph)) {
    const definition = evaluated.resources[id];
    if (definition === undefined) continue;
    const causes: Cause[] = [];
    const expected = evaluated.scope(expectedValues(stack, planned, causes));
    const scope = before === null ? ofCreation(expected) : expected;
    const existing = stack.resources[id]?.physicalId ? stack.resources[id] : undefined;
    const type = typeOf(engine, definition.type);
    const change = existing === undefined
      ? added(id, definition, scope)
      : modified(type, existing, definition, { scope, causes, before, changed: changedParameters(stack.input, input), stackTags: stackTagsOf(type, stack, id, input.tags) });
    if (change !== null) planned.set(id, change);
  }
  const gone = Object.values(stack.resources).filter(({ logicalId }) => !(logicalId in evaluated.resources)).map(removed);
  return [...planned.values(), ...gone];
}

function changedParameters(before: StackInput, after: StackInput): ReadonlySet<string> {
  return new Set(Object.keys(after.parameters).filter((key) => !isDeepStrictEqual(before.parameters[key], after.parameters[key])));
}
