import { AwsError, unsupported } from '../aws-error';
import { requiredText, textProperty } from '../properties';
import { newId, type RouteRecord } from './apis';
import { partOfApi } from './part-of-api';
import { parseRouteKey } from './routing';

/** @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-apigatewayv2-route.html */
export const routeType = partOfApi<RouteRecord>({
  name: 'AWS::ApiGatewayV2::Route',
  properties: { ApiId: 'replace', AuthorizationType: 'update', OperationName: 'recorded', RouteKey: 'update', Target: 'update' },
  part: ({ routes }) => routes,
  id: () => newId(7),
  state: (id) => ({ physicalId: id, attributes: { RouteId: id } }),
  read(properties, api, id) {
    const routeKey = requiredText(properties, 'RouteKey');
    parseRouteKey(routeKey);
    if (Object.entries(api.routes).some(([other, route]) => other !== id && route.routeKey === routeKey)) {
      throw new AwsError('ConflictException', `Route with key ${routeKey} already exists for this API`, 409);
    }
    const authorization = textProperty(properties, 'AuthorizationType') ?? 'NONE';
    if (authorization !== 'NONE' && authorization !== 'AWS_IAM') throw unsupported(`${authorization} authorizers of HTTP APIs`);
    return { routeKey, authorization, target: requiredText(properties, 'Target').replace(/^integrations\//, '') };
  },
});
