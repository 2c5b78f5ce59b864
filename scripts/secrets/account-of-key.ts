const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';

/**
 * The account that an access key id was made for, twelve digits, without a call. The id holds it in base32 behind its
 * four letters; ids with I or J as their fifth character are older and do not, and an id of another shape does not either.
 */
export function accountOfKeyId(id: string): string | null {
  if (!/^(?:AKIA|ASIA)[A-Z2-7]{16}$/.test(id) || 'IJ'.includes(id.charAt(4))) return null;
  let bits = 0n;
  for (const letter of id.slice(4, 14)) bits = (bits << 5n) | BigInt(alphabet.indexOf(letter));
  const account = ((bits >> 2n) & 0x7fffffffff80n) >> 7n; // ten letters are 50 bits, six bytes 48 of them
  return String(account).padStart(12, '0');
}
