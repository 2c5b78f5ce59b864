import { openPlace, type Place } from '../json-calls';

interface Context {
  readonly commandName?: string;
}

type Step = (next: (given: never) => Promise<{ readonly output: object }>, context: Context) => (given: never) => Promise<{ readonly output: object }>;

interface Watched {
  readonly middlewareStack: { add(step: never, options: { readonly step: 'initialize' }): void };
  destroy(): void;
}

/** A served local AWS, and which actions the SDK's clients have had a good answer to. */
export interface Proof extends Place {
  readonly answered: ReadonlySet<string>;
  readonly init: { readonly endpoint: string; readonly region: string; readonly credentials: Place['aws']['credentials']; readonly maxAttempts: 1 };
  watch<Client extends Watched>(client: Client): Client;
}

export async function openProof(): Promise<Proof> {
  // The clients must not look into this machine's AWS files.
  Object.assign(process.env, { AWS_CONFIG_FILE: '/dev/null', AWS_SHARED_CREDENTIALS_FILE: '/dev/null', AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true' });
  const place = await openPlace();
  const answered = new Set<string>();
  const clients: Watched[] = [];
  const watching: Step = (next, { commandName = '' }) => async (given) => {
    const result = await next(given);
    expect(result.output).toMatchObject({ $metadata: { httpStatusCode: expect.any(Number) as number, requestId: uuid } });
    answered.add(commandName.replace(/Command$/, ''));
    return result;
  };
  return {
    ...place,
    answered,
    init: { endpoint: place.aws.origin, region: place.aws.region, credentials: place.aws.credentials, maxAttempts: 1 },
    watch(client) {
      client.middlewareStack.add(watching as never, { step: 'initialize' });
      clients.push(client);
      return client;
    },
    async close() {
      for (const client of clients) client.destroy();
      await place.close();
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
