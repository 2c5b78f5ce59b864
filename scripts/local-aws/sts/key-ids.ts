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

/** The account that a key id names; null where it does not, as the oldest ones. */
export function accountOfKeyId(id: string): string | null {
  if (!/^A(KIA|SIA)[A-HK-Z2-7][A-Z2-7]{15}$/.test(id)) return null;
  let bits = 0n;
  for (const character of id.slice(4)) bits = (bits << 5n) | BigInt(alphabet.indexOf(character));
  return String((bits >> 39n) & 0xff_ffff_ffffn).padStart(12, '0');
}
