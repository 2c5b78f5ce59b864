/** What one link of an error's chain says of itself. All of it is foreign text: none is to be shown unchecked. */
export interface ErrorFacts {
  readonly name: string;
  /** AWS's, else Node's. */
  readonly code: string;
  /** At most its first 4,096 characters: whoever answers decides how long it is. */
  readonly message: string;
  /** Of the answer, 0 where there was none. */
  readonly status: number;
  /** Host, or address and port, that could not be reached. */
  readonly host: string | null;
}

const deepest = 8;
const longestMessage = 4096;

/** `error`, its causes and the errors that it gathers, the outermost first. Ends for circles too. */
export function errorFacts(error: unknown): ErrorFacts[] {
  const facts: ErrorFacts[] = [];
  const seen = new Set<unknown>();
  const visit = (value: unknown, depth: number): void => {
    if (typeof value !== 'object' || value === null || seen.has(value) || depth > deepest) return;
    seen.add(value);
    facts.push(factsOf(value));
    visit(field(value, 'cause'), depth + 1);
    const gathered = field(value, 'errors');
    if (Array.isArray(gathered)) for (const one of gathered) visit(one, depth + 1);
  };
  visit(error, 0);
  return facts;
}

function field(value: object, key: string): unknown {
  return key in value ? (value as Readonly<Record<string, unknown>>)[key] : undefined;
}

function text(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

function factsOf(error: object): ErrorFacts {
  const metadata = field(error, '$metadata');
  const status = typeof metadata === 'object' && metadata !== null ? field(metadata, 'httpStatusCode') : undefined;
  return {
    name: text(field(error, 'name')),
    code: text(field(error, 'Code')) || text(field(error, 'code')),
    message: text(field(error, 'message')).slice(0, longestMessage),
    status: typeof status === 'number' ? status : 0,
    host: hostOf(error),
  };
}

/** Node gives a host name where it could not be resolved, else address and port. */
function hostOf(error: object): string | null {
  const hostname = text(field(error, 'hostname'));
  const address = text(field(error, 'address'));
  const port = field(error, 'port');
  const host = hostname || (address && typeof port === 'number' ? `${address.includes(':') ? `[${address}]` : address}:${port}` : address);
  return /^[\w.:[\]-]{1,255}$/.test(host) ? host : null;
}
