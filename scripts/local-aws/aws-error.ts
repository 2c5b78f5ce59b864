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
