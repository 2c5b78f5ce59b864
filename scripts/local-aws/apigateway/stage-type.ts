import { isJsonObject } from '../../configuration/json-object';
import { unsupported } from '../aws-error';
import { requiredText, textProperty } from '../properties';
import type { Json, JsonObject } from '../resource';
import { members } from '../shape';
import { now, type StageRecord } from './apis';
import { partOfApi } from './part-of-api';

/** @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-apigatewayv2-stage.html */
export const stageType = partOfApi<StageRecord>({
  name: 'AWS::ApiGatewayV2::Stage',
  properties: {
    AccessLogSettings: 'update', ApiId: 'replace', AutoDeploy: 'update', DefaultRouteSettings: 'recorded', Description: 'recorded', RouteSettings: 'recorded',
    StageName: 'replace', StageVariables: 'update', Tags: 'recorded',
  },
  shapes: {
    AccessLogSettings: members('obeyed', 'DestinationArn', 'Format'),
    DefaultRouteSettings: members('recorded', 'DataTraceEnabled', 'DetailedMetricsEnabled', 'LoggingLevel', 'ThrottlingBurstLimit', 'ThrottlingRateLimit'),
  },
  tagging: { form: 'map', system: true },
  part: ({ stages }) => stages,
  id: (properties) => requiredText(properties, 'StageName'),
  state: (id) => ({ physicalId: id, attributes: {} }),
  read(properties, { stages }, id) {
    if (textProperty(properties, 'AutoDeploy') !== 'true') throw unsupported('stages without AutoDeploy');
    const logs = properties['AccessLogSettings'] as JsonObject | undefined;
    return {
      variables: (properties['StageVariables'] ?? {}) as Record<string, string>,
      accessLog: logs === undefined ? null : { group: logGroupOf(requiredText(logs, 'DestinationArn')), format: requiredText(logs, 'Format') },
      created: stages[id]?.created ?? now(),
      updated: now(),
      recorded: recordedOf(properties),
    };
  },
});

/** The properties without effect, named as an answer names them. */
function recordedOf({ DefaultRouteSettings, RouteSettings, Description, Tags }: JsonObject): JsonObject {
  const routes = Object.entries((RouteSettings ?? {}) as JsonObject).map(([route, settings]) => [route, answered(settings)]);
  return {
    ...(DefaultRouteSettings === undefined ? {} : { defaultRouteSettings: { detailedMetricsEnabled: false, ...answered(DefaultRouteSettings) } }),
    ...(Description === undefined ? {} : { description: Description }),
    ...(Tags === undefined ? {} : { tags: Tags }),
    routeSettings: Object.fromEntries(routes) as JsonObject,
  };
}

function answered(settings: Json): JsonObject {
  if (!isJsonObject(settings)) return {};
  return Object.fromEntries(Object.entries(settings).map(([name, value]) => [name.charAt(0).toLowerCase() + name.slice(1), value]));
}

function logGroupOf(arn: string): string {
  const group = /^arn:aws:logs:[a-z0-9-]+:\d{12}:log-group:(.+?)(?::\*)?$/.exec(arn)?.[1];
  if (group === undefined) throw unsupported(`access logs to ${arn}`);
  return group;
}
