import { isDeepStrictEqual } from 'node:util';
import { textProperty } from '../../properties';
import type { HandlerCall, HandlerTask, Permissions } from './permissions';

const service = ['ApiGatewayV2', 'apigateway', 403] as const;

function apiArn({ context: { region } }: HandlerTask, path: string): string {
  return `arn:aws:apigateway:${region}::${path}`;
}

/** One that is not made yet has the path of its collection. */
function pathOf({ operation, id }: HandlerTask, collection: string): string {
  return operation === 'create' ? collection : `${collection}/${id}`;
}

function partArn(task: HandlerTask, part: 'routes' | 'integrations' | 'stages'): string {
  return apiArn(task, pathOf(task, `/apis/${textProperty(task.properties, 'ApiId') ?? ''}/${part}`));
}

/** It is tagged with the stack's name at creation, whatever the template says. */
export const apiPermissions: Permissions = {
  service,
  resource(task, action) {
    const ofTags = action === 'PUT' || (action === 'DELETE' && task.operation === 'update');
    return ofTags ? apiArn(task, `/tags/${encodeURIComponent(apiArn(task, task.id === '' ? '/apis/*' : `/apis/${task.id}`))}`) : apiArn(task, pathOf(task, '/apis'));
  },
  create: ['POST', 'PUT'],
  update: ['PATCH', 'GET'],
  delete: ['GET', 'DELETE'],
  changes: { Tags: ['PUT', 'DELETE'] },
  tagged: ['POST'],
};

function partPermissions(part: 'routes' | 'integrations'): Permissions {
  return { service, resource: (task) => partArn(task, part), create: ['POST'], update: ['PATCH', 'GET'], delete: ['GET', 'DELETE'] };
}

export const routePermissions = partPermissions('routes');
export const integrationPermissions = partPermissions('integrations');

export const stagePermissions: Permissions = {
  service,
  resource(task, action) {
    const path = partArn(task, 'stages');
    return action === 'TagResource' && task.operation === 'create' ? `${path}/${textProperty(task.properties, 'StageName') ?? ''}` : path;
  },
  create: ['POST', 'TagResource'],
  update: ['PATCH'],
  delete: ['DELETE'],
  changes: { Tags: ['POST', 'DELETE'] },
  tagged: ['TagResource'],
  more: accessLogCalls,
};

/**
 * API Gateway sees to the delivery of access logs with the credentials of who calls it, and does not say what it lacks.
 *
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-logging.html#http-api-logging.permissions
 */
function accessLogCalls({ operation, context: { local, region }, properties, before }: HandlerTask): readonly HandlerCall[] {
  const [logs, current] = [properties['AccessLogSettings'], before['AccessLogSettings']];
  if (operation === 'update' && isDeepStrictEqual(logs, current)) return [];
  const change = logs === undefined ? 'DeleteLogDelivery' : operation === 'create' || current === undefined ? 'CreateLogDelivery' : 'UpdateLogDelivery';
  if (operation === 'delete') return logs === undefined ? [] : [denied('DeleteLogDelivery', '*')];
  if (logs === undefined && current === undefined) return [];
  const more = ['GetLogDelivery', 'ListLogDeliveries', 'DescribeResourcePolicies', 'PutResourcePolicy'];
  return [denied('DescribeLogGroups', `arn:aws:logs:${region}:${local.account}:log-group:*`), ...[change, ...more].map((action) => denied(action, '*'))];
}

function denied(action: string, resource: string): HandlerCall {
  return { action: `logs:${action}`, resource, refusal: () => 'Insufficient permissions to enable logging' };
}
