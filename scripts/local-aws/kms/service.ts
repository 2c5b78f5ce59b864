import { AwsError, unsupported } from '../aws-error';
import { jsonAnswer, readJsonRequest, requiredString } from '../json-request';
import type { LocalAws, Service } from '../service';
import { findKey } from './keys';

/** Keys are recorded, and nothing is encrypted: of KMS only DescribeKey is answered. https://docs.aws.amazon.com/kms/latest/APIReference/API_DescribeKey.html */
export function kmsService(local: LocalAws): Service {
  return {
    signingName: 'kms',
    protocol: 'json-1.1',
    async handle(request) {
      const { action, input } = readJsonRequest(request);
      if (action !== 'DescribeKey') throw unsupported(`kms:${action}`);
      const name = requiredString(input, 'KeyId');
      const key = findKey(local, request.region, name);
      request.authorize('kms:DescribeKey', key?.arn ?? `arn:aws:kms:${request.region}:${local.account}:key/${name}`);
      if (key === null) throw new AwsError('NotFoundException', `Key '${name}' does not exist`);
      const { id, arn, description, enabled } = key;
      return jsonAnswer({ KeyMetadata: { AWSAccountId: local.account, KeyId: id, Arn: arn, Description: description, Enabled: enabled, KeyState: enabled ? 'Enabled' : 'Disabled', KeyManager: 'CUSTOMER' } });
    },
  };
}
