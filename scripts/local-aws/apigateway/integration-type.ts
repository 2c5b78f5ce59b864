import { AwsError, unsupported } from '../aws-error';
import { requiredText, textProperty } from '../properties';
import { newId, type IntegrationRecord } from './apis';
import { partOfApi } from './part-of-api';

/** @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-apigatewayv2-integration.html */
export const integrationType = partOfApi<IntegrationRecord>({
  name: 'AWS::ApiGatewayV2::Integration',
  properties: { ApiId: 'replace', Description: 'recorded', IntegrationMethod: 'recorded', IntegrationType: 'update', IntegrationUri: 'update', PayloadFormatVersion: 'update', TimeoutInMillis: 'update' },
  part: ({ integrations }) => integrations,
  id: () => newId(7),
  state: (id) => ({ physicalId: id, attributes: { IntegrationId: id } }),
  read(properties) {
    if (requiredText(properties, 'IntegrationType') !== 'AWS_PROXY') throw unsupported(`integrations of the type ${requiredText(properties, 'IntegrationType')}`);
    if (textProperty(properties, 'PayloadFormatVersion') !== '2.0') throw unsupported('payload formats other than 2.0');
    const uri = requiredText(properties, 'IntegrationUri');
    const functionArn = /(?:functions\/)?(arn:aws:lambda:[a-z0-9-]+:\d{12}:function:[A-Za-z0-9_-]+)(?:\/invocations)?$/.exec(uri)?.[1];
    if (functionArn === undefined) throw unsupported('integrations with anything but a Lambda function without a version');
    const timeout = Number(properties['TimeoutInMillis'] ?? 30_000);
    if (timeout < 50 || timeout > 30_000) throw new AwsError('BadRequestException', 'Timeout should be between 50 ms and 30000 ms');
    return { functionArn, timeout };
  },
});
