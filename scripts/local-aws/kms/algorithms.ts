import { unsupported } from '../aws-error';

/** The part of a key's metadata that names what it can be used with. */
export interface Algorithms {
  readonly EncryptionAlgorithms?: readonly string[];
  readonly SigningAlgorithms?: readonly string[];
  readonly MacAlgorithms?: readonly string[];
}

const rsaSigning = ['RSASSA_PKCS1_V1_5', 'RSASSA_PSS'].flatMap((scheme) => ['256', '384', '512'].map((bits) => `${scheme}_SHA_${bits}`));

const rows: readonly (readonly [usage: string, spec: RegExp, (match: RegExpExecArray) => Algorithms])[] = [
  ['ENCRYPT_DECRYPT', /^SYMMETRIC_DEFAULT$/, () => ({ EncryptionAlgorithms: ['SYMMETRIC_DEFAULT'] })],
  ['ENCRYPT_DECRYPT', /^RSA_(?:2048|3072|4096)$/, () => ({ EncryptionAlgorithms: ['RSAES_OAEP_SHA_1', 'RSAES_OAEP_SHA_256'] })],
  ['SIGN_VERIFY', /^RSA_(?:2048|3072|4096)$/, () => ({ SigningAlgorithms: rsaSigning })],
  ['SIGN_VERIFY', /^ECC_(?:NIST_P(256|384)|SECG_P(256)K1)$/, ([, nist, secg]) => ({ SigningAlgorithms: [`ECDSA_SHA_${nist ?? secg}`] })],
  ['SIGN_VERIFY', /^ECC_NIST_P521$/, () => ({ SigningAlgorithms: ['ECDSA_SHA_512'] })],
  ['GENERATE_VERIFY_MAC', /^HMAC_(224|256|384|512)$/, ([, bits]) => ({ MacAlgorithms: [`HMAC_SHA_${bits}`] })],
];

/**
 * @throws AwsError UnsupportedOperation for other keys
 * @see https://docs.aws.amazon.com/kms/latest/developerguide/symm-asymm-choose-key-spec.html
 */
export function algorithmsOf(usage: string, spec: string): Algorithms {
  for (const [ofUsage, ofSpec, algorithms] of rows) {
    const match = usage === ofUsage ? ofSpec.exec(spec) : null;
    if (match !== null) return algorithms(match);
  }
  throw unsupported(`a KMS key of spec ${spec} for ${usage}`);
}
