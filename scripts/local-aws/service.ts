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
  /** Path and query as they were sent. In `url` the segments `.` and `..` are resolved, which keys of S3 may have. */
  readonly target?: string;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
  readonly caller: Caller;
  /** Of the credential scope. */
  readonly region: string;
  /**
   * Called by a service before it acts.
   *
   * @param action `ssm:GetParameter`
   * @param resource ARN, or `*`
   * @param context condition keys of the request and the resource, `aws:ResourceTag/…` included
   * @throws AwsError AccessDenied, with AWS's sentence, where the caller's policies do not allow it
   */
  authorize(action: string, resource: string, context?: Readonly<Record<string, string | readonly string[]>>): void;
}

/** A request to a deployed API. It may be unsigned. */
export interface ApiRequest extends Omit<LocalRequest, 'caller' | 'authorize'> {
  readonly caller: Caller | null;
  readonly authorize: LocalRequest['authorize'] | null;
  /** Of the client's socket. */
  readonly sourceIp: string;
}

/** A request of an action that needs no signature: see `unsigned-actions.ts`. Nothing is known of who sends it. */
export type UnsignedRequest = Omit<LocalRequest, 'caller' | 'authorize' | 'region'>;

/** An answer, before it is written to anybody. */
export interface LocalResponse {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | readonly string[]>>;
  readonly body: Buffer | string;
}

/** How a service writes its answers and errors. */
export type Protocol = 'query-xml' | 'json-1.0' | 'json-1.1' | 'rest-json' | 'rest-xml';

/** One AWS service, addressed by the service name of SigV4's credential scope. */
export interface Service {
  /** `sts`, `s3`, `cloudformation`, `ssm`, `dynamodb`, `lambda`, `logs`, `iam`, `kms`, `ecr`, `apigateway`. */
  readonly signingName: string;
  readonly protocol: Protocol;
  /** @throws AwsError, which the front writes in the protocol of the service */
  handle(request: LocalRequest): Promise<LocalResponse>;
  /** As {@link handle}, for the actions of the service that need no signature. */
  handleUnsigned?(request: UnsignedRequest): Promise<LocalResponse>;
  /** Ends what it started: Lambda processes, dynalite. */
  close?(): Promise<void>;
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
