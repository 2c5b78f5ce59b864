import { randomUUID } from 'node:crypto';
import { AwsError, unsupported } from '../aws-error';
import { queryRequired, queryText, type QueryValue } from '../query';
import type { LocalRequest } from '../service';
import type { Action } from './action';
import { senderOf } from './actor';
import { changeSets, changeSetsOf, findChangeSet, getChangeSet, type ChangeSetRecord } from './change-set-record';
import { changeXml, given, parameterXml, tagXml } from './describe';
import type { Engine } from './engine';
import { setStackStatus } from './events';
import { readInput, refuseUnsupported } from './input';
import { plan, verifyUpdatable, startCreate, startUpdate } from './operations';
import { findStack, getNamedStack, getStack, newStack, partition, stackResource, type StackRecord } from './records';

const noChanges = "The submitted information didn't contain changes. Submit different information to create a change set.";

const createChangeSet: Action = (engine, request, parameters) => {
  const stackName = queryRequired(parameters, 'StackName');
  const name = queryRequired(parameters, 'ChangeSetName');
  const type = queryText(parameters, 'ChangeSetType') ?? 'UPDATE';
  if (type !== 'CREATE' && type !== 'UPDATE') throw unsupported(`change sets of type ${type}`);
  const existing = findStack(engine.local, request.region, stackName);
  request.authorize('cloudformation:CreateChangeSet', stackResource(engine.local, request.region, stackName));
  if (existing !== null && changeSetsOf(engine.local, existing.stackId).some((set) => set.name === name)) {
    throw new AwsError('AlreadyExistsException', `ChangeSet ${name} already exists`);
  }
  const input = readInput(engine, request, parameters, existing?.status === 'REVIEW_IN_PROGRESS' ? null : existing);
  const stack = type === 'CREATE' ? reviewedStack(engine, request, stackName, name, existing, input) : updatableStack(engine, request, stackName);
  const set = judged(engine, stack, {
    id: `arn:${partition(request.region)}:cloudformation:${request.region}:${engine.local.account}:changeSet/${name}/${randomUUID()}`,
    name, stackId: stack.stackId, stackName: stack.stackName, type, input,
    description: queryText(parameters, 'Description') ?? null,
    createdAt: new Date().toISOString(),
    includeNestedStacks: queryText(parameters, 'IncludeNestedStacks') === 'true',
    onStackFailure: queryText(parameters, 'OnStackFailure') ?? null,
  });
  changeSets(engine.local).set(set.id, set);
  return { Id: set.id, StackId: stack.stackId };
};

const describeChangeSet: Action = (engine, request, parameters) => {
  const set = named(engine, request, parameters);
  request.authorize('cloudformation:DescribeChangeSet', set.stackId);
  const values = queryText(parameters, 'IncludePropertyValues') === 'true';
  return {
    ...summary(set),
    Parameters: given(parameterXml(set.input)),
    NotificationARNs: [],
    RollbackConfiguration: {},
    Capabilities: set.input.capabilities,
    Tags: given(tagXml(set.input.tags)),
    Changes: set.changes.map((change) => changeXml(set.input, change, values)),
    OnStackFailure: set.onStackFailure ?? undefined,
  };
};

const listChangeSets: Action = (engine, request, parameters) => {
  const stack = getStack(engine.local, request.region, queryRequired(parameters, 'StackName'));
  request.authorize('cloudformation:ListChangeSets', stack.stackId);
  return { Summaries: changeSetsOf(engine.local, stack.stackId).map(summary) };
};

/** Of one that is gone it succeeds, as CloudFormation does. */
const deleteChangeSet: Action = (engine, request, parameters) => {
  const set = findChangeSet(engine.local, request.region, queryRequired(parameters, 'ChangeSetName'), queryText(parameters, 'StackName'));
  const stackName = queryText(parameters, 'StackName');
  const stack = stackName === undefined ? null : findStack(engine.local, request.region, stackName);
  request.authorize('cloudformation:DeleteChangeSet', set?.stackId ?? stack?.stackId ?? '*');
  if (set !== null) changeSets(engine.local).delete(set.id);
  return {};
};

const executeChangeSet: Action = (engine, request, parameters) => {
  const set = named(engine, request, parameters);
  request.authorize('cloudformation:ExecuteChangeSet', set.stackId);
  const stack = getStack(engine.local, request.region, set.stackId);
  if (set.executionStatus !== 'AVAILABLE') {
    const state = set.status === 'FAILED' ? `status of [${set.status}]` : `execution status of [${set.executionStatus}]`;
    throw new AwsError('InvalidChangeSetStatus', `ChangeSet [${set.id}] cannot be executed in its current ${state}`);
  }
  refuseUnsupported(parameters);
  if (set.type === 'UPDATE') verifyUpdatable(stack);
  for (const other of changeSetsOf(engine.local, stack.stackId)) if (other !== set) changeSets(engine.local).delete(other.id);
  set.executionStatus = 'EXECUTE_IN_PROGRESS';
  stack.changeSetId = set.id;
  stack.updatedAt = new Date().toISOString();
  stack.disableRollback = queryText(parameters, 'DisableRollback') === 'true';
  stack.onFailure = set.onStackFailure ?? 'ROLLBACK';
  const input = { ...set.input, caller: senderOf(engine.local, request) };
  if (set.type === 'UPDATE') startUpdate(engine, stack, input);
  else {
    stack.input = input;
    startCreate(engine, stack);
  }
  void engine.running.get(stack.stackId)?.then(() => executed(engine, set));
  return {};
};

/** No hook runs here and nothing is validated before it is deployed, so that no change set has such events. */
const describeEvents: Action = (engine, request, parameters) => {
  if (queryText(parameters, 'ChangeSetName') === undefined) throw unsupported('DescribeEvents of CloudFormation without a change set');
  request.authorize('cloudformation:DescribeEvents', named(engine, request, parameters).stackId);
  return { OperationEvents: [] };
};

const listHookResults: Action = (_engine, request) => {
  request.authorize('cloudformation:ListHookResults', '*');
  return { HookResults: [] };
};

export const changeSetActions: Readonly<Record<string, Action>> = {
  CreateChangeSet: createChangeSet,
  DescribeChangeSet: describeChangeSet,
  ListChangeSets: listChangeSets,
  DeleteChangeSet: deleteChangeSet,
  ExecuteChangeSet: executeChangeSet,
  DescribeEvents: describeEvents,
  ListHookResults: listHookResults,
};

function executed(engine: Engine, set: ChangeSetRecord): void {
  set.executionStatus = 'EXECUTE_COMPLETE';
  engine.local.store.saved().catch(() => undefined);
}

/** Plans it. A plan that cannot be made is a change set that failed, with the reason. */
function judged(engine: Engine, stack: StackRecord, set: Omit<ChangeSetRecord, 'changes' | 'status' | 'statusReason' | 'executionStatus'>): ChangeSetRecord {
  try {
    const { changes, anything } = plan(engine, stack, set.input);
    if (anything) return { ...set, changes, status: 'CREATE_COMPLETE', statusReason: null, executionStatus: 'AVAILABLE' };
    return { ...set, changes: [], status: 'FAILED', statusReason: noChanges, executionStatus: 'UNAVAILABLE' };
  } catch (error) {
    if (!(error instanceof AwsError)) throw error;
    return { ...set, changes: [], status: 'FAILED', statusReason: error.message, executionStatus: 'UNAVAILABLE' };
  }
}

function reviewedStack(engine: Engine, request: LocalRequest, stackName: string, name: string, existing: StackRecord | null, input: StackRecord['input']): StackRecord {
  if (existing !== null && existing.status !== 'REVIEW_IN_PROGRESS') {
    throw new AwsError('ValidationError', `Stack [${stackName}] already exists and cannot be created again with the changeSet [${name}].`);
  }
  if (existing !== null) return existing;
  const stack = newStack(engine.local, request.region, stackName, { ...input, parameters: {}, tags: [] });
  setStackStatus(engine.local, stack, 'REVIEW_IN_PROGRESS', 'User Initiated');
  return stack;
}

function updatableStack(engine: Engine, request: LocalRequest, stackName: string): StackRecord {
  const stack = getNamedStack(engine.local, request.region, stackName);
  verifyUpdatable(stack);
  return stack;
}

function named(engine: Engine, request: LocalRequest, parameters: QueryValue): ChangeSetRecord {
  return getChangeSet(engine.local, request.region, queryRequired(parameters, 'ChangeSetName'), queryText(parameters, 'StackName'));
}

function summary(set: ChangeSetRecord) {
  return {
    StackId: set.stackId,
    StackName: set.stackName,
    ChangeSetId: set.id,
    ChangeSetName: set.name,
    ExecutionStatus: set.executionStatus,
    Status: set.status,
    StatusReason: set.statusReason ?? undefined,
    CreationTime: set.createdAt,
    Description: set.description ?? undefined,
    IncludeNestedStacks: set.includeNestedStacks,
  };
}
