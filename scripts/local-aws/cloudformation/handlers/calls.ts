import { isDeepStrictEqual } from 'node:util';
import { apiPermissions, integrationPermissions, routePermissions, stagePermissions } from './apis';
import { functionPermissions, permissionPermissions } from './compute';
import { bucketPermissions, bucketPolicyPermissions, logGroupPermissions, parameterPermissions, repositoryPermissions, tablePermissions } from './data';
import { managedPolicyPermissions, oidcProviderPermissions, policyPermissions, rolePermissions } from './identities';
import { aliasPermissions, keyPermissions } from './keys';
import type { HandlerCall, HandlerTask, Permissions, PropertyActions } from './permissions';
import { requestTags, tagActions } from './tags';

/**
 * By resource type. It follows the schemas that CloudFormation publishes of them: what `handlers.*.permissions` lists, less what
 * only properties need that are not modelled or not given. A handler's reads of all the rest of a resource are not in it.
 */
export const permissionsOfTypes: ReadonlyMap<string, Permissions> = new Map([
  ['AWS::ApiGatewayV2::Api', apiPermissions],
  ['AWS::ApiGatewayV2::Integration', integrationPermissions],
  ['AWS::ApiGatewayV2::Route', routePermissions],
  ['AWS::ApiGatewayV2::Stage', stagePermissions],
  ['AWS::DynamoDB::Table', tablePermissions],
  ['AWS::ECR::Repository', repositoryPermissions],
  ['AWS::IAM::ManagedPolicy', managedPolicyPermissions],
  ['AWS::IAM::OIDCProvider', oidcProviderPermissions],
  ['AWS::IAM::Policy', policyPermissions],
  ['AWS::IAM::Role', rolePermissions],
  ['AWS::KMS::Alias', aliasPermissions],
  ['AWS::KMS::Key', keyPermissions],
  ['AWS::Lambda::Function', functionPermissions],
  ['AWS::Lambda::Permission', permissionPermissions],
  ['AWS::Logs::LogGroup', logGroupPermissions],
  ['AWS::S3::Bucket', bucketPermissions],
  ['AWS::S3::BucketPolicy', bucketPolicyPermissions],
  ['AWS::SSM::Parameter', parameterPermissions],
]);

/** The calls of a handler, each once. */
export function handlerCalls(permissions: Permissions, task: HandlerTask): readonly HandlerCall[] {
  const [, prefix] = permissions.service;
  const own = new Set([...permissions[task.operation], ...propertyActions(permissions, task)]);
  const calls = [...own].map((action): HandlerCall => {
    const resource = permissions.resource(task, action);
    return { action: `${prefix}:${action}`, resource, ...(prefix === 's3' ? { called: `"${resource}"` } : { context: requestTags(permissions, task, action) }) };
  });
  return [...calls, ...(permissions.more?.(task) ?? [])];
}

function propertyActions({ properties = {}, changes = {} }: Permissions, task: HandlerTask): readonly string[] {
  if (task.operation === 'delete') return [];
  const known: PropertyActions = task.operation === 'create' ? properties : { ...properties, ...changes };
  return Object.entries(known).flatMap(([name, actions]) => {
    if (name === 'Tags') return tagActions(task, actions);
    const [set, unset = set] = actions;
    const [now, before] = [task.properties[name], task.before[name]];
    if (isDeepStrictEqual(now, before)) return [];
    return [now === undefined || now === false || now === 'false' ? unset : set];
  });
}
