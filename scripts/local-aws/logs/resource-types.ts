import { AwsError, constraintBroken, unsupported } from '../aws-error';
import type { JsonObject, ResourceType } from '../resource';
import { recordedTags } from '../shape';
import { createLogGroup, deleteLogGroup, getLogGroup, logGroupArn, logGroupName, type LogGroup } from './log-groups';

/** https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutRetentionPolicy.html */
const retentions = [1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653];

function retention(days: number): number {
  if (retentions.includes(days)) return days;
  throw new AwsError('InvalidParameterException', constraintBroken('retentionInDays', String(days), `satisfy enum value set: [${retentions.join(', ')}]`));
}

function apply(group: LogGroup, { RetentionInDays, LogGroupClass, KmsKeyId }: JsonObject): void {
  if (LogGroupClass !== undefined && LogGroupClass !== 'STANDARD') throw unsupported(`a log group of class ${JSON.stringify(LogGroupClass)}`);
  group.retentionInDays = RetentionInDays === undefined ? null : retention(Number(RetentionInDays));
  if (typeof KmsKeyId === 'string') group.kmsKeyId = KmsKeyId;
  else delete group.kmsKeyId;
}

/** @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-logs-loggroup.html */
const logGroupType: ResourceType = {
  name: 'AWS::Logs::LogGroup',
  properties: { KmsKeyId: 'recorded', LogGroupClass: 'update', LogGroupName: 'replace', RetentionInDays: 'update', Tags: 'recorded' },
  shapes: { Tags: recordedTags },
  tagging: { form: 'list', system: true },
  async create(context, properties) {
    const { local, region } = context;
    const name = logGroupName(context, properties);
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
    apply(getLogGroup(local, region, current.physicalId), after);
    return current;
  },
  async delete({ local, region }, { physicalId }) {
    deleteLogGroup(local, region, physicalId);
  },
};

export const logsResourceTypes: readonly ResourceType[] = [logGroupType];
