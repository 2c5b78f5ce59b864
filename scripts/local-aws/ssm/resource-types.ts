import { AwsError, unsupported } from '../aws-error';
import { requiredText, tagMapProperty, textProperty } from '../properties';
import type { JsonObject, ResourceContext, ResourceState, ResourceType } from '../resource';
import { deleteParameter, parameterName, putParameter, type Parameter } from './parameters';

function typeOf({ Type }: JsonObject): Parameter['type'] {
  if (Type === 'String' || Type === 'StringList') return Type;
  throw new AwsError('ValidationException', 'CloudFormation makes no parameter of that type: Type must be String or StringList.');
}

function put({ local, region }: ResourceContext, name: string, properties: JsonObject, overwrite: boolean): ResourceState {
  const { type, value } = putParameter(local, region, {
    name, type: typeOf(properties), value: requiredText(properties, 'Value'), tags: tagMapProperty(properties), allowedPattern: textProperty(properties, 'AllowedPattern'), overwrite,
  });
  return { physicalId: name, attributes: { Type: type, Value: value } };
}

/** @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-ssm-parameter.html */
const parameterType: ResourceType = {
  name: 'AWS::SSM::Parameter',
  properties: {
    AllowedPattern: 'update', DataType: 'update', Description: 'recorded', Name: 'replace',
    Tags: 'update', Tier: 'recorded', Type: 'update', Value: 'update',
  },
  tagging: { form: 'map', system: true },
  async create(context, properties) {
    refuse(properties);
    return put(context, parameterName(context, properties), properties, false);
  },
  async update(context, { physicalId }, _before, after) {
    refuse(after);
    return put(context, physicalId, after, true);
  },
  async delete({ local, region }, { physicalId }) {
    deleteParameter(local, region, physicalId);
  },
};

function refuse({ DataType }: JsonObject): void {
  if (DataType !== undefined && DataType !== 'text') throw unsupported(`AWS::SSM::Parameter with DataType ${JSON.stringify(DataType)}`);
}

export const ssmResourceTypes: readonly ResourceType[] = [parameterType];
