import { isDeepStrictEqual } from 'node:util';
import { AwsError } from '../aws-error';
import type { Json, JsonObject, ResourceType } from '../resource';
import { attributeAt, missingAttribute, typeOf, type Engine } from './engine';
import type { Evaluated, ResourceValues } from './evaluate';
import { inOrder } from './graph';
import { knownAfterApply, resolve, noValue, type Scope } from './intrinsics';
import type { ResourceRecord, StackInput, StackRecord, Tag } from './records';
import { references } from './references';
import { isRetagged, stackTagsOf } from './stack-tags';
import { parseTemplate, type Template, type TemplateResource } from './template';

/** One reason of a change: https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_ResourceChangeDetail.html */
export interface ChangeDetail {
  readonly attribute: 'Properties' | 'Tags' | 'Metadata' | 'DeletionPolicy' | 'UpdateReplacePolicy';
  readonly name: string | null;
  readonly requiresRecreation: 'Always' | 'Never';
  readonly evaluation: 'Static' | 'Dynamic';
  readonly changeSource: 'DirectModification' | 'ParameterReference' | 'ResourceReference' | 'ResourceAttribute';
  readonly causingEntity: string | null;
}

export interface ResourceChange {
  readonly action: 'Add' | 'Modify' | 'Remove';
  readonly logicalId: string;
  readonly physicalId: string | null;
  readonly type: string;
  readonly replacement: 'True' | 'False' | 'Conditional' | null;
  readonly policyAction: 'Delete' | 'Retain' | 'ReplaceAndDelete' | 'ReplaceAndRetain' | null;
  readonly details: readonly ChangeDetail[];
  readonly before: JsonObject | null;
  readonly after: JsonObject | null;
}

/** Static where it is certain that the value changes, Dynamic where that shows when the change set is executed. */
type Cause = Pick<ChangeDetail, 'changeSource' | 'causingEntity' | 'evaluation'>;

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
  const removed = Object.values(stack.resources).filter(({ logicalId }) => !(logicalId in evaluated.resources)).map(remove);
  return [...planned.values(), ...removed];
}

/** Of a new or replaced resource nothing is known yet; an attribute may change with any modification. */
function expectedValues(stack: StackRecord, planned: ReadonlyMap<string, ResourceChange>, causes: Cause[]): ResourceValues {
  const unknown = (cause: Cause): Json => {
    causes.push(cause);
    return knownAfterApply;
  };
  return {
    ref(id) {
      const change = planned.get(id);
      if (change?.action === 'Add' || (change?.replacement ?? 'False') !== 'False') return unknown({ changeSource: 'ResourceReference', causingEntity: id, evaluation: certainty(change) });
      return stack.resources[id]?.physicalId ?? knownAfterApply;
    },
    attribute(id, name) {
      const change = planned.get(id);
      if (change !== undefined && (change.action === 'Add' || change.details.some(({ attribute }) => attribute === 'Properties'))) {
        return unknown({ changeSource: 'ResourceAttribute', causingEntity: `${id}.${name}`, evaluation: certainty(change) });
      }
      const resource = stack.resources[id];
      const value = resource && attributeAt(resource.attributes, name);
      if (value === undefined) throw missingAttribute(id, name);
      return value;
    },
  };
}

/** CloudFormation misses the export that a new stack imports only when it creates the stack. */
function ofCreation(scope: Scope): Scope {
  return {
    ...scope,
    exported(name) {
      try {
        return scope.exported(name);
      } catch (error) {
        if (error instanceof AwsError) return knownAfterApply;
        throw error;
      }
    },
  };
}

/** What is made anew gets a new name and new attributes. */
function certainty(change: ResourceChange | undefined): Cause['evaluation'] {
  return change?.action === 'Add' || change?.replacement === 'True' ? 'Static' : 'Dynamic';
}

function added(id: string, definition: TemplateResource, scope: Scope): ResourceChange {
  const after = Object.fromEntries(Object.entries(definition.properties).flatMap(([name, value]) => {
    const resolved = resolve(value, scope);
    return resolved === noValue ? [] : [[name, resolved]];
  }));
  return { action: 'Add', logicalId: id, physicalId: null, type: definition.type, replacement: null, policyAction: null, details: [], before: null, after };
}

interface Comparison {
  readonly scope: Scope;
  readonly causes: Cause[];
  readonly before: Template | null;
  readonly changed: ReadonlySet<string>;
  readonly stackTags: readonly Tag[];
}

function modified(type: ResourceType, existing: ResourceRecord, definition: TemplateResource, comparison: Comparison): ResourceChange | null {
  const after: JsonObject = {};
  const details: ChangeDetail[] = [];
  const names = new Set([...Object.keys(existing.properties), ...Object.keys(definition.properties)]);
  const written = comparison.before?.resources[existing.logicalId]?.properties ?? {};
  for (const name of names) {
    comparison.causes.length = 0;
    const raw = definition.properties[name];
    const value = raw === undefined ? noValue : resolve(raw, comparison.scope);
    if (value !== noValue) after[name] = value;
    if (comparison.causes.length === 0 && isDeepStrictEqual(existing.properties[name], after[name])) continue;
    const requiresRecreation = type.properties[name] === 'replace' ? 'Always' : 'Never';
    const target = name === 'Tags' ? ({ attribute: 'Tags', name: null } as const) : ({ attribute: 'Properties', name } as const);
    for (const cause of causesOf(raw, written[name], comparison)) details.push({ ...target, requiresRecreation, ...cause });
  }
  const direct = { name: null, requiresRecreation: 'Never', evaluation: 'Static', changeSource: 'DirectModification', causingEntity: null } as const;
  if (!details.some(({ attribute }) => attribute === 'Tags') && isRetagged(type, existing, { properties: after, stackTags: comparison.stackTags })) details.push({ attribute: 'Tags', ...direct });
  if (!isDeepStrictEqual(existing.metadata, definition.metadata)) details.push({ attribute: 'Metadata', ...direct });
  if (existing.deletionPolicy !== definition.deletionPolicy) details.push({ attribute: 'DeletionPolicy', ...direct });
  if (existing.updateReplacePolicy !== definition.updateReplacePolicy) details.push({ attribute: 'UpdateReplacePolicy', ...direct });
  if (details.length === 0) return null;
  const replacement = replacementOf(details);
  const policyAction = replacement === 'True' ? (definition.updateReplacePolicy === 'Delete' ? 'ReplaceAndDelete' : 'ReplaceAndRetain') : null;
  return { action: 'Modify', logicalId: existing.logicalId, physicalId: existing.physicalId, type: existing.type, replacement, policyAction, details, before: existing.properties, after };
}

/**
 * Who changed a property: the template, a parameter, or another resource. For what a function gives, CloudFormation tells the
 * change twice: as the template's, whose outcome is open, and with its cause.
 *
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/using-cfn-updating-stacks-changesets-samples.html
 */
function causesOf(raw: Json | undefined, written: Json | undefined, { causes, changed }: Comparison): readonly Cause[] {
  const direct = { changeSource: 'DirectModification', causingEntity: null } as const;
  const parameters = new Set(references(raw ?? null).map(({ target }) => target).filter((target) => changed.has(target)));
  const indirect: readonly Cause[] = [
    ...new Map(causes.map((cause) => [cause.causingEntity, cause])).values(),
    ...[...parameters].map((name): Cause => ({ evaluation: 'Static', changeSource: 'ParameterReference', causingEntity: name })),
  ];
  if (indirect.length === 0) return [{ evaluation: 'Static', ...direct }];
  const open = indirect.every(({ evaluation }) => evaluation === 'Dynamic') && isDeepStrictEqual(raw, written);
  return open ? indirect : [{ evaluation: 'Dynamic', ...direct }, ...indirect];
}

function replacementOf(details: readonly ChangeDetail[]): 'True' | 'False' | 'Conditional' {
  const recreating = details.filter(({ requiresRecreation }) => requiresRecreation === 'Always');
  if (recreating.some(({ evaluation }) => evaluation === 'Static')) return 'True';
  return recreating.length > 0 ? 'Conditional' : 'False';
}

function remove(resource: ResourceRecord): ResourceChange {
  const policyAction = resource.deletionPolicy === 'Delete' ? 'Delete' : 'Retain';
  return { action: 'Remove', logicalId: resource.logicalId, physicalId: resource.physicalId, type: resource.type, replacement: null, policyAction, details: [], before: resource.properties, after: null };
}

function changedParameters(before: StackInput, after: StackInput): ReadonlySet<string> {
  return new Set(Object.keys(after.parameters).filter((key) => !isDeepStrictEqual(before.parameters[key], after.parameters[key])));
}
