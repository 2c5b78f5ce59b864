// The shapes of AWS credentials. A shape is a hint and never a refusal: emulators use `test`, and STS is the judge.
// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html#identifiers-unique-ids

/** Ids of access keys: AKIA long-term, ASIA temporary. AIDA, AROA and the like name users and roles and are no keys. */
export const accessKeyIdPattern = /(?<![A-Z0-9])(?:AKIA|ASIA)[A-Z0-9]{16}(?![A-Z0-9])/;

/** A secret access key: forty characters of base64's alphabet, without padding. */
export const secretAccessKeyPattern = /(?<![A-Za-z0-9/+])[A-Za-z0-9/+]{40}(?![A-Za-z0-9/+=])/;

/** The ids that AWS's documentation prints. Scans pass over them; where one is given as a key it is refused. */
export const documentationAccessKeyIds: ReadonlySet<string> = new Set(['AKIAIOSFODNN7EXAMPLE', 'AKIAI44QH8DHBEXAMPLE', 'ASIAIOSFODNN7EXAMPLE']);

/** An id as a report may show it: the first four and last four characters, `****` for one shorter than twelve. */
export function maskAccessKeyId(id: string): string {
  return id.length < 12 ? '****' : `${id.slice(0, 4)}…${id.slice(-4)}`;
}

/** Whether the key belongs to a session. Root and user keys begin AKIA. */
export function isTemporaryKeyId(id: string): boolean {
  return id.startsWith('ASIA');
}
