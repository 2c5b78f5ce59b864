import type { DynaliteStore } from 'dynalite/db/index.js';
import { AwsError, unsupported } from '../aws-error';
import type { JsonObject } from '../resource';

interface Validation {
  readonly types: Readonly<Record<string, object>>;
  readonly custom: unknown;
}

type Act = (store: DynaliteStore, input: object, done: (error: Error | null, output?: JsonObject) => void) => void;

/** What dynalite says of a request that it refuses. */
interface Refused {
  readonly statusCode: number;
  readonly body: { readonly __type: string; readonly message?: string; readonly Message?: string };
}

/**
 * Runs an action of dynalite, which checks no permission.
 *
 * @throws AwsError what DynamoDB says of it
 */
export async function runAction(store: DynaliteStore, action: string, input: JsonObject): Promise<JsonObject> {
  const { default: act } = (await import(`dynalite/actions/${fileOf(action)}`)) as { readonly default: Act };
  const data = await verifiedInput(store, action, input);
  return settled<JsonObject>((done) => act(store, data, done)).catch((error: unknown) => {
    const { TableName } = input;
    // Of a table that exists dynalite says nothing.
    if (error instanceof AwsError && error.code === 'ResourceInUseException' && error.message === '' && typeof TableName === 'string') throw new AwsError(error.code, `Table already exists: ${TableName}`);
    throw error;
  });
}

/** @throws AwsError ValidationException, SerializationException, UnsupportedOperation for a parameter that dynalite would not look at */
export async function verifiedInput(store: DynaliteStore, action: string, input: JsonObject): Promise<object> {
  const [{ default: validations }, { default: validation }] = await Promise.all([
    import('dynalite/validations/index.js'),
    import(`dynalite/validations/${fileOf(action)}`) as Promise<{ readonly default: Validation }>,
  ]);
  const unknown = Object.keys(input).find((name) => !(name in validation.types));
  if (unknown !== undefined) throw unsupported(`${unknown} of dynamodb:${action}`);
  try {
    const data = validations.checkTypes(structuredClone(input), validation.types);
    validations.checkValidations(data, validation.types, validation.custom, store);
    return data;
  } catch (error) {
    throw refusalOf(error);
  }
}

/** The end of one of dynalite's calls. */
export function settled<Value>(call: (done: (error: Error | null, value?: Value) => void) => void): Promise<Value> {
  return new Promise((resolve, reject) => {
    call((error, value) => {
      if (error === null || error === undefined) resolve(value as Value);
      else reject(refusalOf(error));
    });
  });
}

function refusalOf(error: unknown): AwsError {
  if (typeof error !== 'object' || error === null || !('statusCode' in error)) return new AwsError('InternalServerError', 'The local AWS could not read or write its tables.', 500);
  const { statusCode, body } = error as unknown as Refused;
  return new AwsError(body.__type.split('#').at(-1) ?? '', body.message ?? body.Message ?? '', statusCode);
}

function fileOf(action: string): string {
  return `${action.charAt(0).toLowerCase()}${action.slice(1)}.js`;
}
