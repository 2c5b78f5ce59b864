import { keyArn } from '../../kms/keys';
import { requiredText } from '../../properties';
import type { HandlerCall, HandlerTask, Permissions } from './permissions';

const service = ['Kms', 'kms', 400] as const;

function arnOf({ context: { local, region } }: HandlerTask, key: string): string {
  return key.startsWith('arn:') ? key : keyArn(local, region, key);
}

/** Of a key that is not made yet nobody knows the id. */
export const keyPermissions: Permissions = {
  service,
  resource: (task, action) => (action === 'CreateKey' ? '*' : arnOf(task, task.id === '' ? '*' : task.id)),
  create: ['CreateKey'],
  update: ['DescribeKey'],
  delete: ['DescribeKey', 'ScheduleKeyDeletion'],
  properties: { EnableKeyRotation: ['EnableKeyRotation', 'DisableKeyRotation'], Tags: ['TagResource', 'UntagResource'] },
  tagged: ['CreateKey'],
  changes: { Description: ['UpdateKeyDescription'], KeyPolicy: ['PutKeyPolicy'], Enabled: ['EnableKey', 'DisableKey'] },
};

/** KMS asks for the alias and for its key. */
export const aliasPermissions: Permissions = {
  service,
  resource: ({ context: { local, region }, properties }) => `arn:aws:kms:${region}:${local.account}:${requiredText(properties, 'AliasName')}`,
  create: ['CreateAlias'],
  update: ['UpdateAlias'],
  delete: ['DeleteAlias'],
  more(task): readonly HandlerCall[] {
    const action = { create: 'CreateAlias', update: 'UpdateAlias', delete: 'DeleteAlias' }[task.operation];
    return [{ action: `kms:${action}`, resource: arnOf(task, requiredText(task.properties, 'TargetKeyId')) }];
  },
};
