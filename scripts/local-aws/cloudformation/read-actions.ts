import { AwsError } from '../aws-error';
import { queryRequired, queryText, queryTexts, type QueryValue } from '../query';
import type { LocalRequest } from '../service';
import type { Action } from './action';
import { eventXml, resourceXml, stackSummaryXml, stackXml } from './describe';
import type { Engine } from './engine';
import { stackEvents } from './events';
import { exportsOf, importersOf } from './exports';
import { getNamedStack, getStack, stackResource, stacks, type ResourceRecord, type StackRecord } from './records';

/** Events in one answer of DescribeStackEvents. */
const pageSize = 100;

const describeStacks: Action = (engine, request, parameters) => {
  const name = queryText(parameters, 'StackName');
  if (name === undefined) {
    request.authorize('cloudformation:DescribeStacks', '*');
    return { Stacks: inRegion(engine, request).filter(({ status }) => status !== 'DELETE_COMPLETE').map(stackXml) };
  }
  return { Stacks: [stackXml(authorized(engine, request, 'DescribeStacks', name))] };
};

const listStacks: Action = (engine, request, parameters) => {
  request.authorize('cloudformation:ListStacks', '*');
  const wanted = queryTexts(parameters, 'StackStatusFilter');
  return { StackSummaries: inRegion(engine, request).filter(({ status }) => wanted.length === 0 || wanted.includes(status)).map(stackSummaryXml) };
};

/** Newest first. The token counts from the oldest event, so that a page does not move while events are added. */
const describeStackEvents: Action = (engine, request, parameters) => {
  const name = queryRequired(parameters, 'StackName');
  request.authorize('cloudformation:DescribeStackEvents', stackResource(engine.local, request.region, name));
  const stack = getNamedStack(engine.local, request.region, name);
  const events = stackEvents(engine.local, stack.stackId);
  const end = Number(queryText(parameters, 'NextToken') ?? events.length);
  if (!Number.isInteger(end) || end < 0 || end > events.length) throw new AwsError('ValidationError', 'The NextToken is not valid');
  const start = Math.max(0, end - pageSize);
  return {
    StackEvents: events.slice(start, end).toReversed().map((event) => eventXml(stack, event)),
    NextToken: start > 0 ? String(start) : undefined,
  };
};

const describeStackResource: Action = (engine, request, parameters) => {
  const stack = authorized(engine, request, 'DescribeStackResource', queryRequired(parameters, 'StackName'));
  const resource = getResource(stack, queryRequired(parameters, 'LogicalResourceId'));
  return {
    StackResourceDetail: {
      ...ofStack(stack), ...resourceXml(resource), LastUpdatedTimestamp: resource.changedAt,
      Metadata: resource.metadata === null ? undefined : JSON.stringify(resource.metadata),
    },
  };
};

const describeStackResources: Action = (engine, request, parameters) => {
  const physicalId = queryText(parameters, 'PhysicalResourceId');
  const owner = physicalId === undefined ? undefined : inRegion(engine, request).find(({ resources }) => Object.values(resources).some((resource) => resource.physicalId === physicalId));
  if (physicalId !== undefined && owner === undefined) throw new AwsError('ValidationError', `Stack for ${physicalId} does not exist`);
  const stack = authorized(engine, request, 'DescribeStackResources', owner?.stackId ?? queryRequired(parameters, 'StackName'));
  const logicalId = queryText(parameters, 'LogicalResourceId');
  const found = logicalId === undefined ? Object.values(stack.resources) : [getResource(stack, logicalId)];
  return { StackResources: found.map((resource) => ({ ...ofStack(stack), ...resourceXml(resource), Timestamp: resource.changedAt })) };
};

const listStackResources: Action = (engine, request, parameters) => {
  const stack = authorized(engine, request, 'ListStackResources', queryRequired(parameters, 'StackName'));
  return { StackResourceSummaries: Object.values(stack.resources).map((resource) => ({ ...resourceXml(resource), LastUpdatedTimestamp: resource.changedAt })) };
};

const listExports: Action = (engine, request) => {
  request.authorize('cloudformation:ListExports', '*');
  return { Exports: exportsOf(engine.local, request.region).map(({ name, value, stack }) => ({ ExportingStackId: stack.stackId, Name: name, Value: value })) };
};

const listImports: Action = (engine, request, parameters) => {
  request.authorize('cloudformation:ListImports', '*');
  const name = queryRequired(parameters, 'ExportName');
  const users = importersOf(engine.local, request.region, name);
  if (users.length === 0) throw new AwsError('ValidationError', `Export '${name}' is not imported by any stack.`);
  return { Imports: users };
};

export const readActions: Readonly<Record<string, Action>> = {
  DescribeStacks: describeStacks,
  ListStacks: listStacks,
  DescribeStackEvents: describeStackEvents,
  DescribeStackResource: describeStackResource,
  DescribeStackResources: describeStackResources,
  ListStackResources: listStackResources,
  ListExports: listExports,
  ListImports: listImports,
};

/** @throws AwsError ValidationError "Stack with id … does not exist" */
function authorized(engine: Engine, request: LocalRequest, action: string, name: QueryValue & string): StackRecord {
  request.authorize(`cloudformation:${action}`, stackResource(engine.local, request.region, name));
  return getStack(engine.local, request.region, name);
}

function getResource(stack: StackRecord, logicalId: string): ResourceRecord {
  const resource = stack.resources[logicalId];
  if (resource === undefined) throw new AwsError('ValidationError', `Resource ${logicalId} does not exist for stack ${stack.stackName}`);
  return resource;
}

function ofStack(stack: StackRecord) {
  return { StackName: stack.stackName, StackId: stack.stackId };
}

/** Newest first. */
function inRegion(engine: Engine, request: LocalRequest): readonly StackRecord[] {
  return [...stacks(engine.local).values()].filter(({ region }) => region === request.region).toReversed();
}
