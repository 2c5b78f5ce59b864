import { isDeepStrictEqual } from 'node:util';
import type { Json, JsonObject, ResourceType } from '../resource';
import { resolve, resolveObject } from './intrinsics';
import type { ResourceRecord, Tag } from './records';
import { references } from './references';
import { noValue, type Scope } from './scope';
import { isRetagged } from './stack-tags';
import type { Template, TemplateResource } from './template';

/** One reason of a change: https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_ResourceChangeDetail.html */
export interface ChangeDetail {
  readonly attribute: 'Properties' | 'Tags' | 'Metadata' | 'DeletionPolicy' | 'UpdateReplacePolicy';
  readonly name: string | null;
  readonly requiresRecreation: 'Always' | 'Never';
  readonly evaluation: 'Static' | 'Dynamic';
  readonly changeSource: 'DirectModification' | 'ParameterReference' | 'ResourceReference' | 'ResourceAttribute';
  readonly causingEntity: string | null;
}

/** What a change set tells of one resource: https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_ResourceChange.html */
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
export type Cause = Pick<ChangeDetail, 'changeSource' | 'causingEntity' | 'evaluation'>;

/** Of a resource that there is not yet. */
export function added(id: string, definition: TemplateResource, scope: Scope): ResourceChange {
  const after = resolveObject(definition.properties, scope);
  return { action: 'Add', logicalId: id, physicalId: null, type: definition.type, replacement: null, policyAction: null, details: [], before: null, after };
}

/** With what a resource that exists is compared. */
export interface Comparison {
  /** What the functions of the new template give. */
  readonly scope: Scope;
  /** Filled while {@link scope} is asked. */
  readonly causes: Cause[];
  /** The template that is deployed. */
  readonly before: Template | null;
  /** Names of the parameters that get another value. */
  readonly changed: ReadonlySet<string>;
  readonly stackTags: readonly Tag[];
}

/** Null where nothing of it changes. */
export function modified(type: ResourceType, existing: ResourceRecord, definition: TemplateResource, comparison: Comparison): ResourceChange | null {
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

/** Of a resource that the new template has no more. */
export function removed(resource: ResourceRecord): ResourceChange {
  const policyAction = resource.deletionPolicy === 'Delete' ? 'Delete' : 'Retain';
  return { action: 'Remove', logicalId: resource.logicalId, physicalId: resource.physicalId, type: resource.type, replacement: null, policyAction, details: [], before: resource.properties, after: null };
}
