import { isDeepStrictEqual } from 'node:util';
import { functionArn, functionName } from '../../lambda/functions';
import { textProperty } from '../../properties';
import type { JsonObject } from '../../resource';
import { each, type HandlerCall, type HandlerTask, type Permissions } from './permissions';

function arnOf({ context: { local, region } }: HandlerTask, reference: string): string {
  return functionArn(local, region, reference);
}

/** Lambda reads the code, and passes the role on, with the credentials of who calls it. */
function codeAndRole(task: HandlerTask): readonly HandlerCall[] {
  const { operation, properties, before, id } = task;
  if (operation === 'delete') return [];
  const differs = (name: string): boolean => !isDeepStrictEqual(before[name], properties[name]);
  const calls: HandlerCall[] = [];
  if (differs('Role')) {
    const passed = { 'iam:PassedToService': 'lambda.amazonaws.com', 'iam:AssociatedResourceArn': arnOf(task, id) };
    calls.push({ action: 'iam:PassRole', resource: textProperty(properties, 'Role') ?? '*', context: passed });
  }
  if (differs('Code')) calls.push(...codeCalls(properties['Code'] as JsonObject));
  return calls;
}

function codeCalls({ S3Bucket: bucket, S3Key: key }: JsonObject): readonly HandlerCall[] {
  if (typeof bucket !== 'string' || typeof key !== 'string') return [];
  const resource = `arn:aws:s3:::${bucket}/${key}`;
  const refusal = (sentence: string): string =>
    `Your access has been denied by S3, please make sure your request credentials have permission to GetObject for ${bucket}/${key}. S3 Error Code: AccessDenied. S3 Error Message: ${sentence}`;
  return [{ action: 's3:GetObject', resource, called: `"${resource}"`, refusal }];
}

export const functionPermissions: Permissions = {
  service: ['Lambda', 'lambda', 403],
  name: functionName,
  resource: (task) => arnOf(task, task.id),
  create: ['CreateFunction', 'TagResource', 'GetFunction'],
  update: ['GetFunction'],
  delete: ['DeleteFunction', 'GetFunction'],
  changes: {
    ...each(['Code', 'Architectures'], 'UpdateFunctionCode'),
    ...each(['Description', 'Environment', 'Handler', 'LoggingConfig', 'MemorySize', 'Role', 'Runtime', 'Timeout', 'TracingConfig'], 'UpdateFunctionConfiguration'),
    Tags: ['TagResource', 'UntagResource'],
  },
  tagged: ['CreateFunction'],
  more: codeAndRole,
};

export const permissionPermissions: Permissions = {
  service: ['Lambda', 'lambda', 403],
  resource: (task) => arnOf(task, textProperty(task.properties, 'FunctionName') ?? ''),
  create: ['AddPermission'],
  update: [],
  delete: ['RemovePermission'],
};
