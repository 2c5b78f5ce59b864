import { AwsError, unsupported } from '../aws-error';
import { physicalName } from '../iam/physical-name';
import type { JsonObject, ResourceType } from '../resource';
import { createLogGroup, deleteLogGroup, findLogGroup, logGroupArn, type LogGroup } from './log-groups';

function apply(group: LogGroup, { RetentionInDays, LogGroupClass }: JsonObject): void {
  if (LogGroupClass !== undefined && LogGroupClass !== 'STANDARD') throw unsupported(`a log group of class ${JSON.stringify(LogGroupClass)}`);
  group.retentionInDays = RetentionInDays === undefined ? null : Number(RetentionInDays);
}

/** @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-logs-loggroup.html */
const logGroupType: ResourceType = {
  name: 'AWS::Logs::LogGroup',
  properties: { KmsKeyId: 'recorded', LogGroupClass: 'update', LogGroupName: 'replace', RetentionInDays: 'update', Tags: 'recorded' },
  async create(context, properties) {
    const { local, region } = context;
    const name = typeof properties['LogGroupName'] === 'string' ? properties['LogGroupName'] : physicalName(context, 512);
    const group = createLogGroup(local, region, name);
    try {
      apply(group, properties);
    } catch (error) {
      deleteLogGroup(local, region, name);
      throw error;
    }
    return { physicalId: name, attributes: { Arn: `${logGroupArn(local, region, name)}:*` } };
  },
  async update({ local, region }, current, _before, after) {
    const group = findLogGroup(local, region, current.physicalId);
    if (group === null) throw new AwsError('ResourceNotFoundException', 'The specified log group does not exist.');
    apply(group, after);
    return current;
  },
  async delete({ local, region }, { physicalId }) {
    deleteLogGroup(local, region, physicalId);
  },
};

export const logsResourceTypes: readonly ResourceType[] = [logGroupType];
