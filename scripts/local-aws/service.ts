import type { Store } from './store';

/** Who signed a request. */
export interface Caller {
  readonly account: string;
  readonly arn: string;
  /** STS's UserId: `AROA…:session` of an assumed role. */
  readonly userId: string;
  readonly accessKeyId: string;
}

/** A request whose signature has been verified. */
export interface LocalRequest {
  readonly method: string;
  /** Path still percent-encoded, with its query. */
  readonly url: URL;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
  readonly caller: Caller;
  /** Of the credential scope. */
  readonly region: string;
}

export interface LocalResponse {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer | string;
}

/** One AWS service, addressed by the service name of SigV4's credential scope. */
export interface Service {
  /** `sts`, `s3`, `cloudformation`, `ssm`, `dynamodb`, `lambda`, `logs`, `iam`, `kms`, `ecr`, `apigateway`, `execute-api`. */
  readonly signingName: string;
  /** @throws AwsError, which the front writes in the protocol of the service */
  handle(request: LocalRequest): Promise<LocalResponse>;
}

/** One line of `npm run local`. Never holds a secret. */
export interface LocalEvent {
  readonly kind: 'request' | 'deployment' | 'lambda';
  readonly text: string;
}

/** What every service of the local AWS shares. */
export interface LocalAws {
  /** Twelve digits. */
  readonly account: string;
  readonly store: Store;
  /** `http://127.0.0.1:PORT`, without a slash at its end. Known once the server listens. */
  origin(): string;
  log(event: LocalEvent): void;
}
