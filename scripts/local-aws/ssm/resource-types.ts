import { requiredText, textProperty } from '../iam/properties';
import { physicalName } from '../iam/physical-name';
import type { JsonObject, ResourceContext, ResourceState, ResourceType } from '../resource';
import { parameterArn, parameterKey, parameters } from './parameters';
import { putParameter } from './put-parameter';

/** @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-ssm-parameter.html */
const parameterType: ResourceType = {
  name: 'AWS::SSM::Parameter',
  properties: { AllowedPattern: 'update', Description: 'update', Name: 'replace', Tags: 'recorded', Type: 'update', Value: 'update' },
  create: async (context, properties) => store(context, textProperty(properties, 'Name') ?? `CFN-${physicalName(context, 512)}`, properties, false),
  update: async (context, current, _before, after) => store(context, current.physicalId, after, true),
  delete: async ({ local, region }, { physicalId }) => void parameters(local).delete(parameterKey(region, physicalId)),
};

export const ssmResourceTypes: readonly ResourceType[] = [parameterType];

function store({ local, region }: ResourceContext, name: string, properties: JsonObject, overwrite: boolean): ResourceState {
  const { type, value } = putParameter(local, region, {
    name,
    type: requiredText(properties, 'Type'),
    value: requiredText(properties, 'Value'),
    description: textProperty(properties, 'Description'),
    allowedPattern: textProperty(properties, 'AllowedPattern'),
    overwrite,
  });
  return { physicalId: name, attributes: { Arn: parameterArn(local, region, name), Type: type, Value: value } };
}
