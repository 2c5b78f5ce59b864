import { logGroupArn } from '../logs/log-groups';
import type { JsonObject } from '../resource';
import type { LocalAws } from '../service';
import { endpointOf, type ApiRecord, type IntegrationRecord, type RouteRecord, type StageRecord } from './apis';

/** @see https://docs.aws.amazon.com/apigatewayv2/latest/api-reference/apis-apiid.html */
export function describeApi(local: LocalAws, { id, name, description, tags, disabled, cors, created }: ApiRecord): JsonObject {
  return {
    apiId: id,
    apiEndpoint: endpointOf(local, id),
    name,
    ...(description === '' ? {} : { description }),
    ...(created === undefined ? {} : { createdDate: created }),
    protocolType: 'HTTP',
    ipAddressType: 'ipv4',
    routeSelectionExpression: '$request.method $request.path',
    apiKeySelectionExpression: '$request.header.x-api-key',
    disableExecuteApiEndpoint: disabled,
    tags,
    ...(cors === null ? {} : {
      corsConfiguration: {
        allowCredentials: cors.allowCredentials, allowHeaders: [...cors.allowHeaders], allowMethods: [...cors.allowMethods], allowOrigins: [...cors.allowOrigins],
        exposeHeaders: [...cors.exposeHeaders], ...(cors.maxAge === null ? {} : { maxAge: cors.maxAge }),
      },
    }),
  };
}

/** @see https://docs.aws.amazon.com/apigatewayv2/latest/api-reference/apis-apiid-routes-routeid.html */
export function describeRoute(routeId: string, { routeKey, authorization, target }: RouteRecord): JsonObject {
  return { routeId, routeKey, authorizationType: authorization, apiKeyRequired: false, target: `integrations/${target}` };
}

/** @see https://docs.aws.amazon.com/apigatewayv2/latest/api-reference/apis-apiid-integrations-integrationid.html */
export function describeIntegration(integrationId: string, { functionArn, timeout }: IntegrationRecord): JsonObject {
  return {
    integrationId, integrationType: 'AWS_PROXY', integrationUri: functionArn, payloadFormatVersion: '2.0', timeoutInMillis: timeout,
    connectionType: 'INTERNET', integrationMethod: 'POST',
  };
}

/** @see https://docs.aws.amazon.com/apigatewayv2/latest/api-reference/apis-apiid-stages-stagename.html */
export function describeStage(local: LocalAws, { region }: ApiRecord, stageName: string, { variables, accessLog, created, updated, recorded = {} }: StageRecord): JsonObject {
  return {
    stageName,
    autoDeploy: true,
    ...(created === undefined ? {} : { createdDate: created }),
    ...(updated === undefined ? {} : { lastUpdatedDate: updated }),
    defaultRouteSettings: { detailedMetricsEnabled: false },
    routeSettings: {},
    tags: {},
    ...recorded,
    stageVariables: variables,
    ...(accessLog === null ? {} : { accessLogSettings: { destinationArn: logGroupArn(local, region, accessLog.group), format: accessLog.format } }),
  };
}
