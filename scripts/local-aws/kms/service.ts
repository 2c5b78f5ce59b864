import { AwsError } from '../aws-error';
import { onlyMembers, requiredString } from '../json-request';
import { jsonService } from '../json-service';
import type { JsonObject } from '../resource';
import type { LocalAws, LocalRequest, Service } from '../service';
import { algorithmsOf } from './algorithms';
import { findKey, keyArn, type Key } from './keys';

/** Keys are recorded, and nothing is encrypted: of KMS only DescribeKey is answered. https://docs.aws.amazon.com/kms/latest/APIReference/API_DescribeKey.html */
export function kmsService(local: LocalAws): Service {
  return jsonService(local, 'kms', new Map([['DescribeKey', describeKey]]));
}

function describeKey(local: LocalAws, request: LocalRequest, input: JsonObject): object {
  onlyMembers('kms:DescribeKey', input, ['KeyId']);
  const name = requiredString(input, 'KeyId');
  const key = findKey(local, request.region, name);
  request.authorize('kms:DescribeKey', key?.arn ?? keyArn(local, request.region, name));
  if (key === null) throw notFound(`arn:aws:kms:${request.region}:${local.account}:`, name);
  return { KeyMetadata: metadata(local, key) };
}

/** @param prefix of the ARNs of this account and region */
function notFound(prefix: string, name: string): AwsError {
  const alias = name.includes('alias/');
  const arn = name.startsWith('arn:') ? name : `${prefix}${alias ? '' : 'key/'}${name}`;
  return new AwsError('NotFoundException', alias ? `Alias ${arn} is not found.` : `Key '${arn}' does not exist`);
}

function metadata(local: LocalAws, { id, arn, description, enabled, usage, spec, created }: Key): object {
  return {
    AWSAccountId: local.account, KeyId: id, Arn: arn, CreationDate: created, Description: description, Enabled: enabled, KeyState: enabled ? 'Enabled' : 'Disabled',
    KeyUsage: usage, KeySpec: spec, CustomerMasterKeySpec: spec, KeyManager: 'CUSTOMER', Origin: 'AWS_KMS', MultiRegion: false, ...algorithmsOf(usage, spec),
  };
}
