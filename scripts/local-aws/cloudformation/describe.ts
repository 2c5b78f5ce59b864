import type { XmlValue } from '../xml';
import type { StackEvent } from './events';
import { isNoEcho } from './parameters';
import type { ResourceRecord, StackInput, StackRecord, Tag } from './records';
import type { ResourceChange } from './resource-change';
import { parseTemplate } from './template';

/** @see https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_Stack.html */
export function stackXml(stack: StackRecord): XmlValue {
  const started = stack.status !== 'REVIEW_IN_PROGRESS';
  const deleted = stack.status === 'DELETE_COMPLETE';
  return {
    StackId: stack.stackId,
    StackName: stack.stackName,
    ChangeSetId: deleted ? undefined : (stack.changeSetId ?? undefined),
    Description: started ? (parseTemplate(stack.input.templateBody).description ?? undefined) : undefined,
    Parameters: started ? given(parameterXml(stack.input)) : undefined,
    CreationTime: stack.createdAt,
    DeletionTime: stack.deletedAt ?? undefined,
    LastUpdatedTime: stack.updatedAt ?? undefined,
    RollbackConfiguration: {},
    StackStatus: stack.status,
    StackStatusReason: stack.statusReason ?? undefined,
    DisableRollback: stack.disableRollback,
    NotificationARNs: [],
    Capabilities: given(stack.input.capabilities),
    Outputs: given(stack.outputs.map(({ key, value, description, exportName }) => ({
      OutputKey: key, OutputValue: value, Description: description ?? undefined, ExportName: exportName ?? undefined,
    }))),
    RoleARN: stack.input.roleArn ?? undefined,
    Tags: tagXml(stack.input.tags),
    EnableTerminationProtection: deleted ? undefined : stack.terminationProtection,
    DriftInformation: { StackDriftStatus: 'NOT_CHECKED' },
  };
}

/** @see https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_StackSummary.html */
export function stackSummaryXml(stack: StackRecord): XmlValue {
  return {
    StackId: stack.stackId,
    StackName: stack.stackName,
    CreationTime: stack.createdAt,
    LastUpdatedTime: stack.updatedAt ?? undefined,
    DeletionTime: stack.deletedAt ?? undefined,
    StackStatus: stack.status,
    StackStatusReason: stack.statusReason ?? undefined,
    TemplateDescription: parseTemplate(stack.input.templateBody).description ?? undefined,
    DriftInformation: { StackDriftStatus: 'NOT_CHECKED' },
  };
}

/** Of these lists CloudFormation leaves out the empty ones. */
export function given(list: readonly XmlValue[]): readonly XmlValue[] | undefined {
  return list.length === 0 ? undefined : list;
}

/** A NoEcho value is never shown. */
export function parameterXml(input: StackInput): readonly XmlValue[] {
  const { parameters } = parseTemplate(input.templateBody);
  return Object.entries(input.parameters).map(([key, { value, resolved }]) => ({
    ParameterKey: key,
    ParameterValue: isNoEcho(parameters[key]) ? '****' : value,
    ResolvedValue: resolved ?? undefined,
  }));
}

/** The text with `****` for every NoEcho value, plain or in JSON. */
function withoutNoEcho(input: StackInput, text: string): string {
  const { parameters } = parseTemplate(input.templateBody);
  const secrets = Object.entries(input.parameters).filter(([key, { value }]) => value !== '' && isNoEcho(parameters[key])).map(([, { value }]) => value);
  return secrets.flatMap((value) => [value, JSON.stringify(value).slice(1, -1)]).reduce((shown, secret) => shown.replaceAll(secret, '****'), text);
}

/** @see https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_Tag.html */
export function tagXml(tags: readonly Tag[]): readonly XmlValue[] {
  return tags.map(({ key, value }) => ({ Key: key, Value: value }));
}

/** What is common to every answer about a resource. */
export function resourceXml(resource: ResourceRecord) {
  return {
    LogicalResourceId: resource.logicalId,
    PhysicalResourceId: resource.physicalId === '' ? undefined : resource.physicalId,
    ResourceType: resource.type,
    ResourceStatus: resource.status,
    ResourceStatusReason: resource.statusReason ?? undefined,
    DriftInformation: { StackResourceDriftStatus: 'NOT_CHECKED' },
  };
}

/** @see https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_StackEvent.html */
export function eventXml(stack: StackRecord, event: StackEvent): XmlValue {
  return {
    StackId: stack.stackId,
    EventId: event.eventId,
    StackName: stack.stackName,
    LogicalResourceId: event.logicalId,
    PhysicalResourceId: event.physicalId,
    ResourceType: event.type,
    Timestamp: event.timestamp,
    ResourceStatus: event.status,
    ResourceStatusReason: event.reason ?? undefined,
    ResourceProperties: event.properties === null ? undefined : withoutNoEcho(stack.input, JSON.stringify(event.properties)),
  };
}

/** @param values whether the caller asked for IncludePropertyValues */
export function changeXml(input: StackInput, change: ResourceChange, values: boolean): XmlValue {
  const context = (properties: ResourceChange['before']) => (values && properties !== null ? withoutNoEcho(input, JSON.stringify({ Properties: properties })) : undefined);
  return {
    Type: 'Resource',
    ResourceChange: {
      PolicyAction: change.policyAction ?? undefined,
      Action: change.action,
      LogicalResourceId: change.logicalId,
      PhysicalResourceId: change.physicalId ?? undefined,
      ResourceType: change.type,
      Replacement: change.replacement ?? undefined,
      Scope: [...new Set(change.details.map(({ attribute }) => attribute))],
      Details: change.details.map((detail) => ({
        Target: { Attribute: detail.attribute, Name: detail.name ?? undefined, RequiresRecreation: detail.requiresRecreation, ...(values ? valuesOf(input, change, detail.name) : {}) },
        Evaluation: detail.evaluation,
        ChangeSource: detail.changeSource,
        CausingEntity: detail.causingEntity ?? undefined,
      })),
      BeforeContext: context(change.before),
      AfterContext: context(change.after),
    },
  };
}

function valuesOf(input: StackInput, change: ResourceChange, name: string | null) {
  if (name === null) return {};
  const [before, after] = [change.before?.[name], change.after?.[name]];
  const text = (value: typeof before) => (value === undefined ? undefined : withoutNoEcho(input, typeof value === 'string' ? value : JSON.stringify(value)));
  const kind = before === undefined ? 'Add' : after === undefined ? 'Remove' : 'Modify';
  return { Path: `/Properties/${name}`, BeforeValue: text(before), AfterValue: text(after), AttributeChangeType: kind };
}
