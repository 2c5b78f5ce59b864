import { AwsError, unsupported } from '../aws-error';
import { queryRequired, queryText, queryTexts, type QueryValue } from '../query';
import type { LocalRequest } from '../service';
import type { Action } from './action';
import { senderOf } from './actor';
import { changeSets, changeSetsOf } from './change-set-record';
import { rollBackCreate } from './deploy';
import type { Engine } from './engine';
import { setStackStatus } from './events';
import { verifyExports } from './exports';
import { readInput, refuseUnsupported } from './input';
import { inBackground, plan, startCreate, startUpdate, verifyUpdatable, wrongState } from './operations';
import { findStack, getNamedStack, getStack, newStack, stackArnPrefix, stackResource, stacks, type StackRecord } from './records';
import { deleteStack } from './remove';
import { rollBackUpdate } from './roll-back';
import { serviceRole } from './service-role';

const createStack: Action = (engine, request, parameters) => {
  const stackName = queryRequired(parameters, 'StackName');
  request.authorize('cloudformation:CreateStack', `${stackArnPrefix(engine.local, request.region, stackName)}*`);
  if (findStack(engine.local, request.region, stackName) !== null) throw new AwsError('AlreadyExistsException', `Stack [${stackName}] already exists`);
  const input = readInput(engine, request, parameters, null);
  const stack = newStack(engine.local, request.region, stackName, input);
  try {
    plan(engine, stack, input);
  } catch (error) {
    // A stack that never began leaves no trace.
    stacks(engine.local).delete(stack.stackId);
    throw error;
  }
  stack.terminationProtection = queryText(parameters, 'EnableTerminationProtection') === 'true';
  stack.disableRollback = queryText(parameters, 'DisableRollback') === 'true';
  stack.onFailure = queryText(parameters, 'OnFailure') ?? 'ROLLBACK';
  startCreate(engine, stack);
  return { StackId: stack.stackId };
};

const updateStack: Action = (engine, request, parameters) => {
  const stackName = queryRequired(parameters, 'StackName');
  request.authorize('cloudformation:UpdateStack', stackResource(engine.local, request.region, stackName));
  const stack = getNamedStack(engine.local, request.region, stackName);
  verifyUpdatable(stack);
  const input = readInput(engine, request, parameters, stack);
  if (!plan(engine, stack, input).anything) throw new AwsError('ValidationError', 'No updates are to be performed.');
  stack.disableRollback = queryText(parameters, 'DisableRollback') === 'true';
  startUpdate(engine, stack, input);
  return { StackId: stack.stackId };
};

/** Of a stack that is gone it succeeds. */
const deleteStackAction: Action = (engine, request, parameters) => {
  const stackName = queryRequired(parameters, 'StackName');
  request.authorize('cloudformation:DeleteStack', stackResource(engine.local, request.region, stackName));
  const stack = findStack(engine.local, request.region, stackName);
  if (stack === null || stack.status === 'DELETE_COMPLETE' || stack.status === 'DELETE_IN_PROGRESS') return {};
  if (stack.terminationProtection) throw new AwsError('ValidationError', `Stack [${stack.stackName}] cannot be deleted while TerminationProtection is enabled`);
  if (engine.running.has(stack.stackId)) throw wrongState(stack, 'be deleted');
  refuseUnsupported(parameters);
  actAs(engine, stack, request, parameters);
  const retain = queryTexts(parameters, 'RetainResources');
  if (retain.length > 0 && stack.status !== 'DELETE_FAILED') {
    throw new AwsError('ValidationError', `Invalid operation on stack [${stack.stackId}]. When you delete a stack, specify which resources to retain only when the stack is in the DELETE_FAILED state.`);
  }
  try {
    verifyExports(engine.local, stack, stack.outputs, []);
  } catch (error) {
    if (!(error instanceof AwsError)) throw error;
    // CloudFormation puts the stack back to the status that it had.
    const { status } = stack;
    setStackStatus(engine.local, stack, 'DELETE_IN_PROGRESS', 'User Initiated');
    setStackStatus(engine.local, stack, status, error.message);
    return {};
  }
  for (const set of changeSetsOf(engine.local, stack.stackId)) changeSets(engine.local).delete(set.id);
  setStackStatus(engine.local, stack, 'DELETE_IN_PROGRESS', 'User Initiated');
  inBackground(engine, stack, () => deleteStack(engine, stack, retain));
  return {};
};

const rollbackStack: Action = (engine, request, parameters) => {
  const stack = getStack(engine.local, request.region, queryRequired(parameters, 'StackName'));
  request.authorize('cloudformation:RollbackStack', stack.stackId);
  if (stack.status !== 'CREATE_FAILED' && stack.status !== 'UPDATE_FAILED') throw wrongState(stack, 'be rolled back');
  actAs(engine, stack, request, parameters);
  inBackground(engine, stack, () => (stack.before === null ? rollBackCreate(engine, stack, 'User Initiated') : rollBackUpdate(engine, stack, 'User Initiated')));
  return { StackId: stack.stackId };
};

const continueUpdateRollback: Action = (engine, request, parameters) => {
  const stack = getStack(engine.local, request.region, queryRequired(parameters, 'StackName'));
  request.authorize('cloudformation:ContinueUpdateRollback', stack.stackId);
  if (stack.status !== 'UPDATE_ROLLBACK_FAILED') throw wrongState(stack, 'continue update rollback');
  actAs(engine, stack, request, parameters);
  inBackground(engine, stack, () => rollBackUpdate(engine, stack, 'User Initiated', queryTexts(parameters, 'ResourcesToSkip')));
  return {};
};

const updateTerminationProtection: Action = (engine, request, parameters) => {
  const stack = getStack(engine.local, request.region, queryRequired(parameters, 'StackName'));
  request.authorize('cloudformation:UpdateTerminationProtection', stack.stackId);
  stack.terminationProtection = queryRequired(parameters, 'EnableTerminationProtection') === 'true';
  return { StackId: stack.stackId };
};

const refuse = (what: string): Action => () => {
  throw unsupported(what);
};

export const stackActions: Readonly<Record<string, Action>> = {
  CreateStack: createStack,
  UpdateStack: updateStack,
  DeleteStack: deleteStackAction,
  RollbackStack: rollbackStack,
  ContinueUpdateRollback: continueUpdateRollback,
  UpdateTerminationProtection: updateTerminationProtection,
  SetStackPolicy: refuse('stack policies of CloudFormation'),
  GetStackPolicy: refuse('stack policies of CloudFormation'),
};

/** From here on the stack's resources are made and deleted as that role, or as who asks. */
function actAs(engine: Engine, stack: StackRecord, request: LocalRequest, parameters: QueryValue): void {
  const roleArn = serviceRole(engine.local, request, parameters, stack.input.roleArn);
  stack.input = { ...stack.input, roleArn, caller: senderOf(engine.local, request) };
}
