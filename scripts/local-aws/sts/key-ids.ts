import { randomBytes } from 'node:crypto';

const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';

/** An access key id of a session, `ASIA…`, that names its account as those of STS do. */
export function temporaryKeyId(account: string): string {
  return `ASIA${encode(account)}`;
}

/**
 * The unique id of an IAM thing: `AROA…` of a role, `ANPA…` of a managed policy.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html#identifiers-unique-ids
 */
export function uniqueId(prefix: 'AROA' | 'ANPA', account: string): string {
  return `${prefix}${encode(account)}${alphabet[randomBytes(1).readUInt8() % 32]}`;
}

/** Sixteen characters of base32: a one, forty bits of account, and thirty-nine of chance. */
function encode(account: string): string {
  const chance = BigInt(`0x${randomBytes(5).toString('hex')}`) >> 1n;
  let bits = (1n << 79n) | (BigInt(account) << 39n) | chance;
  let text = '';
  for (let index = 0; index < 16; index += 1) {
    text = `${alphabet[Number(bits & 31n)]}${text}`;
    bits >>= 5n;
  }
  return text;
}
