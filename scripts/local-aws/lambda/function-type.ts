import { isDeepStrictEqual } from 'node:util';
import { AwsError } from '../aws-error';
import { tagsProperty } from '../properties';
import type { ResourceState, ResourceType } from '../resource';
import { members, obeyedTags } from '../shape';
import { functionOf } from './function-settings';
import { functionName, functions, getFunction, type FunctionRecord } from './functions';
import { retireIdle } from './pool';

/** @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-lambda-function.html */
export const functionType: ResourceType = {
  name: 'AWS::Lambda::Function',
  properties: {
    Architectures: 'update',
    Code: 'update',
    Description: 'update',
    Environment: 'update',
    FunctionName: 'replace',
    Handler: 'update',
    LoggingConfig: 'update',
    MemorySize: 'update',
    PackageType: 'replace',
    Role: 'update',
    Runtime: 'update',
    Tags: 'update',
    Timeout: 'update',
    TracingConfig: 'update',
  },
  shapes: {
    Code: members('obeyed', 'S3Bucket', 'S3Key'),
    Environment: members('obeyed', 'Variables'),
    LoggingConfig: members('obeyed', 'LogFormat', 'LogGroup'),
    Tags: obeyedTags,
    TracingConfig: members('recorded', 'Mode'),
  },
  tagging: { form: 'list', system: true },
  async create(context, properties) {
    const name = functionName(context, properties);
    const key = `${context.region}/${name}`;
    if (functions(context.local).has(key)) throw new AwsError('ResourceConflictException', `Function already exist: ${name}`, 409);
    const record = await functionOf(context, name, properties);
    functions(context.local).set(key, record);
    return stateOf(record);
  },
  async update(context, { physicalId }, before, after) {
    const current = getFunction(context.local, context.region, physicalId);
    if (context.halfWay !== true && isDeepStrictEqual({ ...before, Tags: [] }, { ...after, Tags: [] })) return stateOf(Object.assign(current, { tags: tagsProperty(after) }));
    Object.assign(current, await functionOf(context, physicalId, after), { permissions: current.permissions });
    retireIdle(context.local, current.arn);
    return stateOf(current);
  },
  async delete({ local, region }, { physicalId }) {
    const record = functions(local).get(`${region}/${physicalId}`);
    if (record === undefined) return;
    functions(local).delete(`${region}/${physicalId}`);
    retireIdle(local, record.arn);
  },
};

function stateOf({ name, arn }: FunctionRecord): ResourceState {
  return { physicalId: name, attributes: { Arn: arn } };
}
