/** An error as AWS answers it. The front writes it in the protocol of the service that was called. */
export class AwsError extends Error {
  constructor(
    /** The service's own error code: `ValidationError`, `NoSuchBucket`, `ParameterNotFound`. */
    readonly code: string,
    message: string,
    readonly status = 400,
    /** Elements that S3's answer has beside code and message. */
    readonly details: Readonly<Record<string, string | number>> = {},
  ) {
    super(message);
    this.name = 'AwsError';
  }
}

/** What the local AWS does not model. It fails loudly, and says what would serve it. */
export function unsupported(what: string): AwsError {
  return new AwsError('UnsupportedOperation', `The local AWS does not model ${what}. Deploy to an account, or set AWS_ENDPOINT_URL to an emulator that has it.`, 501);
}

/**
 * What most services say of a member of a request that breaks a constraint of their model.
 *
 * @param member its name, in lower camel case
 * @param value null where the services do not say it
 * @param constraint `have length less than or equal to 64`
 */
export function constraintBroken(member: string, value: string | null, constraint: string): string {
  return `1 validation error detected: Value ${value === null ? '' : `'${value}' `}at '${member}' failed to satisfy constraint: Member must ${constraint}`;
}
