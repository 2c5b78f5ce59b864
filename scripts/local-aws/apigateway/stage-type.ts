import { unsupported } from '../aws-error';
import { requiredText, textProperty } from '../iam/properties';
import type { JsonObject } from '../resource';
import { members } from '../shape';
import type { StageRecord } from './apis';
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
  part: ({ stages }) => stages,
  id: (properties) => requiredText(properties, 'StageName'),
  state: (id) => ({ physicalId: id, attributes: {} }),
  read(properties) {
    if (textProperty(properties, 'AutoDeploy') !== 'true') throw unsupported('stages without AutoDeploy');
    const logs = properties['AccessLogSettings'] as JsonObject | undefined;
    return {
      variables: (properties['StageVariables'] ?? {}) as Record<string, string>,
      accessLog: logs === undefined ? null : { group: logGroupOf(requiredText(logs, 'DestinationArn')), format: requiredText(logs, 'Format') },
    };
  },
});

function logGroupOf(arn: string): string {
  const group = /^arn:aws:logs:[a-z0-9-]+:\d{12}:log-group:(.+?)(?::\*)?$/.exec(arn)?.[1];
  if (group === undefined) throw unsupported(`access logs to ${arn}`);
  return group;
}
