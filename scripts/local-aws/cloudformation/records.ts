import { randomUUID } from 'node:crypto';
import { AwsError, constraintBroken } from '../aws-error';
import type { Json, JsonObject } from '../resource';
import type { LocalAws } from '../service';
import type { Table } from '../store';
import type { SessionIdentity } from '../sts/sessions';
import type { DeletionPolicy } from './template';

/** The value of a template's parameter. */
export interface StackParameter {
  /** As given, or the name of the SSM parameter. */
  readonly value: string;
  /** What SSM gave for it. */
  readonly resolved: string | null;
}

export interface Tag {
  readonly key: string;
  readonly value: string;
}

/** What a deployment works towards. */
export interface StackInput {
  readonly templateBody: string;
  readonly parameters: Readonly<Record<string, StackParameter>>;
  readonly tags: readonly Tag[];
  readonly capabilities: readonly string[];
  readonly roleArn: string | null;
  /** Who asked for it: as them the resources of a stack without a role are made. */
  readonly caller?: SessionIdentity;
}

/** A resource of a stack. `changedAt` is ISO 8601; an empty `status` is that of one not begun. */
export interface ResourceRecord {
  readonly logicalId: string;
  readonly type: string;
  /** Empty while it is being created. */
  physicalId: string;
  /** Of what is being created, or was when that failed: what a rollback has to delete. */
  intended?: string | null;
  attributes: JsonObject;
  properties: JsonObject;
  /** What its stack adds to its tags, or was adding in the update that failed half-way. */
  stackTags?: readonly Tag[];
  /** Of an update that failed half-way: what a rollback has to undo. */
  attempted: JsonObject | null;
  status: string;
  statusReason: string | null;
  changedAt: string;
  deletionPolicy: DeletionPolicy;
  updateReplacePolicy: DeletionPolicy;
  metadata: Json;
  /** Logical ids that this one needs, which are deleted after it. */
  dependsOn: readonly string[];
}

/** An output, resolved. */
export interface StackOutput {
  readonly key: string;
  readonly value: string;
  readonly description: string | null;
  readonly exportName: string | null;
}

/** What a rollback restores. */
export interface StackContent {
  readonly input: StackInput;
  readonly resources: Record<string, ResourceRecord>;
  readonly outputs: readonly StackOutput[];
  /** Names of exports that it uses. */
  readonly imports: readonly string[];
}

/** A stack, deleted ones included. Times are ISO 8601. */
export interface StackRecord {
  readonly stackId: string;
  readonly stackName: string;
  readonly region: string;
  readonly createdAt: string;
  updatedAt: string | null;
  deletedAt: string | null;
  status: string;
  statusReason: string | null;
  terminationProtection: boolean;
  disableRollback: boolean;
  onFailure: string;
  changeSetId: string | null;
  input: StackInput;
  resources: Record<string, ResourceRecord>;
  outputs: readonly StackOutput[];
  imports: readonly string[];
  /** While an update runs, or waits for its rollback. */
  before: StackContent | null;
  /** Replaced or removed, and still to be deleted. */
  leftovers: ResourceRecord[];
}

/** By ARN, the oldest first. */
export function stacks(local: LocalAws): Table<StackRecord> {
  return local.store.table<StackRecord>('cloudformation-stacks');
}

/** The living stack of that name, or any stack of that ARN. */
export function findStack(local: LocalAws, region: string, nameOrArn: string): StackRecord | null {
  if (nameOrArn.startsWith('arn:')) return stacks(local).get(nameOrArn) ?? null;
  return [...stacks(local).values()].find((stack) => stack.stackName === nameOrArn && stack.region === region && stack.status !== 'DELETE_COMPLETE') ?? null;
}

/** @throws AwsError ValidationError "Stack with id … does not exist", which the CDK CLI looks for */
export function getStack(local: LocalAws, region: string, nameOrArn: string): StackRecord {
  const stack = findStack(local, region, nameOrArn);
  if (stack === null) throw new AwsError('ValidationError', `Stack with id ${nameOrArn} does not exist`);
  return stack;
}

/** As {@link getStack}, in the words of other actions. @throws AwsError ValidationError "Stack [NAME] does not exist" */
export function getNamedStack(local: LocalAws, region: string, nameOrArn: string): StackRecord {
  const stack = findStack(local, region, nameOrArn);
  if (stack === null) throw new AwsError('ValidationError', `Stack [${nameOrArn}] does not exist`);
  return stack;
}

/** What a policy must allow of a stack, whether it is there or not: who may not ask is not told. */
export function stackResource(local: LocalAws, region: string, nameOrArn: string): string {
  if (nameOrArn.startsWith('arn:')) return nameOrArn;
  return findStack(local, region, nameOrArn)?.stackId ?? `${stackArnPrefix(local, region, nameOrArn)}*`;
}

/** @throws AwsError ValidationError for a name that CloudFormation would not take */
export function newStack(local: LocalAws, region: string, stackName: string, input: StackInput): StackRecord {
  if (!/^[a-zA-Z][-a-zA-Z0-9]{0,127}$/.test(stackName)) {
    throw new AwsError('ValidationError', constraintBroken('stackName', stackName, 'satisfy regular expression pattern: [a-zA-Z][-a-zA-Z0-9]*'));
  }
  const stackId = `${stackArnPrefix(local, region, stackName)}${randomUUID()}`;
  const stack: StackRecord = {
    stackId, stackName, region, createdAt: new Date().toISOString(), updatedAt: null, deletedAt: null, status: '', statusReason: null,
    terminationProtection: false, disableRollback: false, onFailure: 'ROLLBACK', changeSetId: null,
    input, resources: {}, outputs: [], imports: [], before: null, leftovers: [],
  };
  stacks(local).set(stackId, stack);
  return stack;
}

/** The ARN of a stack but for the id at its end: `arn:…:stack/NAME/`. */
export function stackArnPrefix(local: LocalAws, region: string, stackName: string): string {
  return `arn:${partition(region)}:cloudformation:${region}:${local.account}:stack/${stackName}/`;
}

/** `aws`, `aws-cn` or `aws-us-gov`. */
export function partition(region: string): string {
  if (region.startsWith('cn-')) return 'aws-cn';
  return region.startsWith('us-gov-') ? 'aws-us-gov' : 'aws';
}

/** A copy that later changes to the stack do not reach. */
export function contentOf(stack: StackRecord): StackContent {
  const { input, resources, outputs, imports } = stack;
  return JSON.parse(JSON.stringify({ input, resources, outputs, imports })) as StackContent;
}
