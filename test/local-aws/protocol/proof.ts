import { openServedAws, type ServedAws } from '../served-aws';

interface Context {
  readonly commandName?: string;
}

type Step = (next: (given: never) => Promise<{ readonly output: object }>, context: Context) => (given: never) => Promise<{ readonly output: object }>;

interface Watched {
  readonly middlewareStack: { add(step: never, options: { readonly step: 'initialize' }): void };
  destroy(): void;
}

/** A served local AWS, and which actions the SDK's clients have had a good answer to. */
export interface Proof extends Omit<ServedAws, 'close'> {
  readonly answered: ReadonlySet<string>;
  /** Of a client, which may be made before anything is served: it asks for address and keys when it sends. */
  readonly init: ClientInit;
  watch<Client extends Watched>(client: Client): Client;
}

export interface ClientInit {
  endpoint(): Promise<{ readonly url: URL }>;
  region(): Promise<string>;
  credentials(): Promise<ServedAws['aws']['credentials']>;
  readonly maxAttempts: 1;
}

/** The proof of a test file: served before its tests, and closed after them with every client that is watched. */
export function openProof(): Proof {
  // The clients must not look into this machine's AWS files.
  Object.assign(process.env, { AWS_CONFIG_FILE: '/dev/null', AWS_SHARED_CREDENTIALS_FILE: '/dev/null', AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true' });
  const answered = new Set<string>();
  const clients: Watched[] = [];
  let served: ServedAws;
  beforeAll(async () => { served = await openServedAws(); });
  afterAll(async () => {
    for (const client of clients) client.destroy();
    await served.close();
  });
  const watching: Step = (next, { commandName = '' }) => async (given) => {
    const result = await next(given);
    expect(result.output).toMatchObject({ $metadata: { httpStatusCode: expect.any(Number) as number, requestId: uuid } });
    answered.add(commandName.replace(/Command$/, ''));
    return result;
  };
  return {
    answered,
    get aws() { return served.aws; },
    json: (...call) => served.json(...call),
    deploy: (resources) => served.deploy(resources),
    destroy: () => served.destroy(),
    failures: () => served.failures(),
    init: { endpoint: async () => ({ url: new URL(served.aws.origin) }), region: async () => served.aws.region, credentials: async () => served.aws.credentials, maxAttempts: 1 },
    watch(client) {
      client.middlewareStack.add(watching as never, { step: 'initialize' });
      clients.push(client);
      return client;
    },
  };
}

const uuid = expect.stringMatching(/^[\da-f]{8}-[\da-f]{4}-[\da-f]{4}-[\da-f]{4}-[\da-f]{12}$/) as string;
export const date = expect.any(Date) as Date;

/** Name and status of an error as the SDK's client reads it, which has the id of its request. */
export async function refusal(call: Promise<unknown>): Promise<readonly [string, number | undefined]> {
  const error: unknown = await call.then(() => null, (reason: unknown) => reason);
  expect(error).toMatchObject({ $metadata: { requestId: uuid } });
  const { name, $fault, $metadata: { httpStatusCode = 0 } } = error as { readonly name: string; readonly $fault: string; readonly $metadata: { readonly httpStatusCode?: number } };
  expect($fault).toBe(httpStatusCode < 500 ? 'client' : 'server');
  return [name, httpStatusCode];
}
