/** Whether a CI system runs this: `CI` is set, and neither empty, `false` nor `0`. */
export function inCi(environment: Readonly<Record<string, string | undefined>>): boolean {
  return !['', 'false', '0'].includes((environment['CI'] ?? '').trim().toLowerCase());
}
