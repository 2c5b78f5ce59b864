import { createHash } from 'node:crypto';
import type { InUse } from '../assembly/scanner';
import { findKeys } from '../secrets/find-keys';
import type { SourceFinding } from './source-secrets';

/** Where git looks for a NUL to tell a binary file. */
const beginning = 8000;

/** Whether git would take them for a binary file. */
export function isBinary(bytes: Buffer): boolean {
  return bytes.subarray(0, beginning).includes(0);
}

/** Whether any of the texts that `bytes` has one behind the other may hold a credential. */
export function mayHold(bytes: Buffer, inUse: InUse): boolean {
  return inUse.firstIn(bytes) !== null || findKeys(bytes).length > 0;
}

/** The credentials in the text of one file. */
export function findInSource(bytes: Buffer, path: string, inUse: InUse): SourceFinding[] {
  const at = (index: number): number => bytes.toString('latin1', 0, index).split('\n').length;
  const own = inUse.firstIn(bytes);
  const used: SourceFinding[] = own === null ? [] : [{ path, line: at(own), rule: 'credential-in-use', fingerprint: fingerprintOf('credential-in-use', '') }];
  return [...used, ...findKeys(bytes).map(({ rule, index, value }) => ({ path, line: at(index), rule, fingerprint: fingerprintOf(rule, value) }))];
}

/** Sixteen digits: nobody finds the value from them, and no two values have the same. */
function fingerprintOf(rule: string, value: string): string {
  return createHash('sha256').update(`${rule}\n${value}`).digest('hex').slice(0, 16);
}
