import { randomUUID } from 'node:crypto';
import { AwsError } from '../aws-error';
import { textProperty } from '../properties';
import type { JsonObject, ResourceType } from '../resource';
import type { LocalAws } from '../service';
import { recordedTags } from '../shape';
import { algorithmsOf } from './algorithms';
import { aliases, findKey, keyArn, keys, type Key } from './keys';

/** @throws AwsError UnsupportedOperation for a kind of key that is not modelled */
function apply(key: Key, properties: JsonObject): void {
  key.description = textProperty(properties, 'Description') ?? '';
  key.enabled = textProperty(properties, 'Enabled') !== 'false';
  key.usage = textProperty(properties, 'KeyUsage') ?? 'ENCRYPT_DECRYPT';
  key.spec = textProperty(properties, 'KeySpec') ?? 'SYMMETRIC_DEFAULT';
  algorithmsOf(key.usage, key.spec);
}

/** @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-kms-key.html */
const keyType: ResourceType = {
  name: 'AWS::KMS::Key',
  // The key policy has no effect: who may use a key is for the caller's own policies alone to say, and nothing is encrypted.
  properties: {
    BypassPolicyLockoutSafetyCheck: 'recorded', Description: 'update', EnableKeyRotation: 'recorded', Enabled: 'update', KeyPolicy: 'recorded',
    KeySpec: 'recorded', KeyUsage: 'recorded', PendingWindowInDays: 'recorded', RotationPeriodInDays: 'recorded', Tags: 'recorded',
  },
  shapes: { Tags: recordedTags },
  tagging: { form: 'list', system: false },
  async create({ local, region }, properties) {
    const id = randomUUID();
    const key: Key = { id, arn: keyArn(local, region, id), region, description: '', enabled: true, usage: '', spec: '', created: Date.now() / 1000 };
    apply(key, properties);
    keys(local).set(id, key);
    return { physicalId: id, attributes: { Arn: key.arn, KeyId: id } };
  },
  async update({ local }, current, _before, after) {
    const key = keys(local).get(current.physicalId);
    if (key === undefined) throw new AwsError('NotFoundException', `Key '${current.physicalId}' does not exist`);
    apply(key, after);
    return current;
  },
  // AWS keeps it for the waiting period; nothing here can be decrypted with it, so that it goes at once.
  async delete({ local }, { physicalId }) {
    keys(local).delete(physicalId);
  },
};

function target(properties: JsonObject): { readonly name: string; readonly key: string } {
  const { AliasName, TargetKeyId } = properties;
  if (typeof AliasName !== 'string' || typeof TargetKeyId !== 'string') throw new AwsError('ValidationException', 'AliasName and TargetKeyId cannot be empty.');
  if (!/^alias\/[\w/-]+$/.test(AliasName)) throw new AwsError('ValidationException', 'Alias must start with the prefix "alias/". Please see https://docs.aws.amazon.com/kms/latest/developerguide/kms-alias.html');
  if (AliasName.startsWith('alias/aws/')) throw new AwsError('NotAuthorizedException', '');
  return { name: AliasName, key: TargetKeyId };
}

function point(local: LocalAws, region: string, alias: string, key: string): void {
  const found = findKey(local, region, key);
  if (found === null) throw new AwsError('NotFoundException', `Key '${key}' does not exist`);
  aliases(local).set(`${region}/${alias}`, found.id);
}

/** @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-kms-alias.html */
const aliasType: ResourceType = {
  name: 'AWS::KMS::Alias',
  properties: { AliasName: 'replace', TargetKeyId: 'update' },
  async create({ local, region }, properties) {
    const { name, key } = target(properties);
    if (aliases(local).has(`${region}/${name}`)) throw new AwsError('AlreadyExistsException', `An alias with the name arn:aws:kms:${region}:${local.account}:${name} already exists`);
    point(local, region, name, key);
    return { physicalId: name, attributes: {} };
  },
  async update({ local, region }, current, _before, after) {
    const { name, key } = target(after);
    point(local, region, name, key);
    return current;
  },
  async delete({ local, region }, { physicalId }) {
    aliases(local).delete(`${region}/${physicalId}`);
  },
};

export const kmsResourceTypes: readonly ResourceType[] = [keyType, aliasType];
