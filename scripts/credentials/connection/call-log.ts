import type { Logger, MetadataBearer, MiddlewareStack } from '@smithy/types';
import { errorFacts } from '../refusals/error-facts';

let write: ((line: string) => void) | null = null;

/** From now on each call of AWS is told in one line, with what a support case needs and no secret. `null` ends it. */
export function tellCalls(to: ((line: string) => void) | null): void {
  write = to;
}

/** Foreign text that is shown only where it is a plain word. */
function word(value: unknown, before = ''): string {
  return typeof value === 'string' && /^[\w.:/=+-]{1,120}$/.test(value) ? ` ${before}${value}` : '';
}

interface Called {
  readonly service: string;
  readonly action: string;
  readonly started: number;
}

/** `sts GetCallerIdentity 312 ms request 1234-…`; of one that failed the SDK's own name of the error and the status besides. */
function tell({ service, action, started }: Called, metadata: MetadataBearer['$metadata'] | undefined, error?: unknown): void {
  if (write === null) return;
  const attempts = (metadata?.attempts ?? 1) > 1 ? ` ${metadata?.attempts} attempts` : '';
  write(`${service} ${action} ${Math.round(performance.now() - started)} ms${failed(error)}${attempts}${word(metadata?.requestId, 'request ')}`);
}

function failed(error: unknown): string {
  const facts = errorFacts(error);
  const [outer] = facts;
  if (outer === undefined) return '';
  const code = facts.find((one) => one.code !== '')?.code;
  return `${word(outer.name)}${code === outer.name ? '' : word(code)}${outer.status === 0 ? '' : ` HTTP ${outer.status}`}`;
}

/** `client`, each call of which is told. */
export function told<Client extends { readonly middlewareStack: Pick<MiddlewareStack<Input, Output>, 'add'> }, Input extends object, Output extends MetadataBearer>(client: Client, service: string): Client {
  if (write === null) return client;
  client.middlewareStack.add((next, context) => async (args) => {
    const called = { service, action: String(context['commandName']).replace(/Command$/, ''), started: performance.now() };
    try {
      const result = await next(args);
      tell(called, result.output.$metadata);
      return result;
    } catch (error) {
      tell(called, metadataOf(error), error);
      throw error;
    }
  }, { step: 'initialize', priority: 'high', name: 'tellCalls' });
  return client;
}

/** A call that no client of the SDK makes, told like the others. */
export async function toldCall<Result>(service: string, action: string, call: () => Promise<Result>): Promise<Result> {
  const called = { service, action, started: performance.now() };
  try {
    const result = await call();
    tell(called, undefined);
    return result;
  } catch (error) {
    tell(called, undefined, error);
    throw error;
  }
}

/**
 * For clients that the SDK makes itself, one call after the other.
 *
 * @param failed gets what a call ended with: the SDK keeps no more of it than its text
 */
export function callLogger(failed: (error: unknown) => void): Logger {
  let started = performance.now();
  const entry = (value: unknown): void => {
    const { clientName, commandName, metadata, error } = (typeof value === 'object' && value !== null ? value : {}) as Readonly<Record<string, unknown>>;
    if (typeof clientName !== 'string' || typeof commandName !== 'string') return;
    if (error !== undefined) failed(error);
    tell({ service: clientName.replace(/Client$/, '').toLowerCase(), action: commandName.replace(/Command$/, ''), started }, metadata as MetadataBearer['$metadata'] | undefined, error);
    started = performance.now();
  };
  return { trace: nothing, debug: nothing, info: entry, warn: nothing, error: entry };
}

function nothing(): void {
  // The SDK's own chatter is for nobody.
}

function metadataOf(error: unknown): MetadataBearer['$metadata'] | undefined {
  return typeof error === 'object' && error !== null && '$metadata' in error ? (error.$metadata as MetadataBearer['$metadata']) : undefined;
}
