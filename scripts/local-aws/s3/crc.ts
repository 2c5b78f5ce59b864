/**
 * A cyclic redundancy check in its reflected form, all ones at its start and inverted at its end: CRC-32C, CRC-64/NVME.
 * The register is two halves of 32 bits, the upper one zero where the check has only 32.
 *
 * @param polynomial reflected
 * @see https://reveng.sourceforge.io/crc-catalogue/all.htm
 */
export function reflectedCrc(polynomial: bigint, bits: 32 | 64): (body: Buffer) => Buffer {
  let tables: readonly [Uint32Array, Uint32Array] | null = null;
  return (body) => {
    tables ??= tablesOf(polynomial);
    const [lower, upper] = tables;
    let low = 0xffffffff;
    let high = bits === 64 ? 0xffffffff : 0;
    for (const byte of body) {
      const at = (low ^ byte) & 0xff;
      low = (low >>> 8) ^ (high << 24) ^ (lower[at] ?? 0);
      high = (high >>> 8) ^ (upper[at] ?? 0);
    }
    const bytes = Buffer.alloc(8);
    bytes.writeUInt32BE(~high >>> 0, 0);
    bytes.writeUInt32BE(~low >>> 0, 4);
    return bytes.subarray(8 - bits / 8);
  };
}

function tablesOf(polynomial: bigint): readonly [Uint32Array, Uint32Array] {
  const [lower, upper] = [new Uint32Array(256), new Uint32Array(256)];
  for (let index = 0; index < 256; index++) {
    let value = BigInt(index);
    for (let bit = 0; bit < 8; bit++) value = (value & 1n) === 1n ? (value >> 1n) ^ polynomial : value >> 1n;
    lower[index] = Number(value & 0xffffffffn);
    upper[index] = Number(value >> 32n);
  }
  return [lower, upper];
}
