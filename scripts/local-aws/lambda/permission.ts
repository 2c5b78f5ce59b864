import { AwsError } from '../aws-error';
import { matchesWildcards } from '../iam/wildcards';
import { physicalName } from '../physical-name';
import { requiredText, textProperty } from '../properties';
import type { ResourceType } from '../resource';
import type { LocalAws } from '../service';
import { findFunction, getFunction, type FunctionRecord } from './functions';

/** @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-lambda-permission.html */
export const permissionType: ResourceType = {
  name: 'AWS::Lambda::Permission',
  properties: { Action: 'replace', FunctionName: 'replace', Principal: 'replace', SourceAccount: 'replace', SourceArn: 'replace' },
  async create(context, properties) {
    const record = getFunction(context.local, context.region, requiredText(properties, 'FunctionName'));
    const sid = physicalName(context, 100);
    record.permissions[sid] = {
      action: requiredText(properties, 'Action'),
      principal: requiredText(properties, 'Principal'),
      sourceArn: textProperty(properties, 'SourceArn'),
      sourceAccount: textProperty(properties, 'SourceAccount'),
    };
    return { physicalId: sid, attributes: { Id: sid } };
  },
  async update() {
    throw new AwsError('ValidationError', 'No property of AWS::Lambda::Permission can be updated.');
  },
  async delete({ local, region }, { physicalId }, properties) {
    const record = findFunction(local, region, requiredText(properties, 'FunctionName'));
    if (record !== null) delete record.permissions[physicalId];
  },
};

/** Whether the function's resource policy lets an AWS service invoke it. */
export function serviceMayInvoke(local: LocalAws, record: FunctionRecord, principal: string, sourceArn: string): boolean {
  return Object.values(record.permissions).some(
    (permission) =>
      permission.principal === principal &&
      matchesWildcards(permission.action.toLowerCase(), 'lambda:invokefunction') &&
      (permission.sourceArn === null || matchesWildcards(permission.sourceArn, sourceArn)) &&
      (permission.sourceAccount === null || permission.sourceAccount === local.account),
  );
}
