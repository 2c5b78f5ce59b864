import type { Credentials, Found, Region } from '../credentials/source';
import type { FailureCode } from '../failures/exit-codes';
import { Failure } from '../failures/failure';
import { isTemporaryKeyId } from '../secrets/key-shapes';
import { askField } from './ask-field';
import { askAfterNoAnswer, isNoAnswer } from './ask-retry';
import type { AskInit, ProvedIdentity } from './asking';
import { notice } from './guide-words';
import { fieldNames, type Field, type Typed } from './understand-answer';
import { wrap } from './wrap';

/** Credentials that were typed and that STS has accepted. */
export interface ProvedKeys<Proved> {
  readonly credentials: Credentials;
  readonly found: Found;
  readonly region: Region;
  readonly proof: Proved;
}

const order: readonly Field[] = ['accessKeyId', 'secretAccessKey', 'sessionToken', 'region'];

/** Choice 1: asks for the four values, and again for the one that STS's refusal points at, until STS accepts them. */
export async function askKeys<Proved extends ProvedIdentity>(init: AskInit<Proved>): Promise<ProvedKeys<Proved>> {
  init.write(`\n${wrap(notice, init.style.columns)}\n`);
  let typed: Typed = {};
  for (;;) {
    typed = await fill(init, typed);
    const keys = keysOf(init, typed);
    try {
      init.write(init.style.dim('Asking AWS STS whose the credentials are …'));
      const proof = await init.prompts.busy(() => init.prove(keys.found, keys.region));
      return { ...keys, proof };
    } catch (error) {
      if (!(error instanceof Failure)) throw error;
      typed = await correct(init, typed, error);
    }
  }
}

async function fill<Proved extends ProvedIdentity>(init: AskInit<Proved>, before: Typed): Promise<Typed> {
  let typed = before;
  for (;;) {
    const missing = order.find((field) => typed[field] === undefined || (field === 'sessionToken' && lacksToken(typed)));
    if (missing === undefined) return typed;
    typed = await askField(init, missing, typed);
  }
}

function lacksToken({ accessKeyId = '', sessionToken }: Typed): boolean {
  return isTemporaryKeyId(accessKeyId) && sessionToken === '';
}

function keysOf<Proved extends ProvedIdentity>({ aws, regionKnown }: AskInit<Proved>, typed: Typed): Omit<ProvedKeys<Proved>, 'proof'> {
  const { accessKeyId = '', secretAccessKey = '', sessionToken = '', region: value = '', expiration } = typed;
  const credentials: Credentials = {
    accessKeyId,
    secretAccessKey,
    ...(sessionToken === '' ? {} : { sessionToken }),
    ...(expiration === undefined ? {} : { expiration }),
  };
  const region = value === regionKnown?.value ? regionKnown : { value, source: 'prompt' };
  const found: Found = { source: 'prompt', profile: null, title: 'typed credentials', provider: () => Promise.resolve(credentials), region, aws };
  return { credentials, found, region };
}

/** Which values a refusal points at, the likeliest first. */
const suspects: Partial<Readonly<Record<FailureCode, readonly Field[]>>> = {
  INVALID_ACCESS_KEY: ['accessKeyId', 'sessionToken', 'secretAccessKey'],
  INVALID_SECRET: ['secretAccessKey', 'accessKeyId', 'sessionToken'],
  INVALID_SESSION_TOKEN: ['sessionToken', 'accessKeyId', 'secretAccessKey'],
  INCOMPLETE_CREDENTIALS: ['sessionToken'],
  MALFORMED_CREDENTIALS: ['secretAccessKey', 'sessionToken', 'accessKeyId'],
  REGION_DISABLED: ['region'],
  BAD_REGION: ['region'],
};

/** A long-term id with a token is refused as an invalid id; it is the token that does not belong to it. */
function suspectsOf(code: FailureCode, { accessKeyId = '', sessionToken = '' }: Typed): readonly Field[] | undefined {
  const staleToken = code === 'INVALID_ACCESS_KEY' && !isTemporaryKeyId(accessKeyId) && sessionToken !== '';
  return suspects[staleToken ? 'INVALID_SESSION_TOKEN' : code];
}

async function correct<Proved extends ProvedIdentity>(init: AskInit<Proved>, typed: Typed, failure: Failure): Promise<Typed> {
  if (isNoAnswer(failure)) return await askAfterNoAnswer(init, failure) === 'again' ? typed : await askField(init, 'region', typed);
  const { style, write } = init;
  const say = (text: string): void => write(wrap(text, style.columns));
  if (failure.code === 'EXPIRED_CREDENTIALS') {
    say(`${style.bad(failure.code)} ${failure.message} Give the new id, secret and token; the region stays.`);
    return typed.region === undefined ? {} : { region: typed.region };
  }
  const fields = suspectsOf(failure.code, typed);
  if (fields === undefined) throw failure;
  const [likeliest = 'accessKeyId'] = fields;
  say(`${style.bad(failure.code)} ${failure.message}\nMost likely the ${fieldNames[likeliest]} is wrong. Give it again:`);
  for (const field of fields) {
    const mayKeep = field !== 'region' && !(field === 'sessionToken' && (field === likeliest || typed.sessionToken === ''));
    const after = await askField(init, field, typed, mayKeep);
    if (order.some((one) => after[one] !== typed[one])) return after;
  }
  return typed;
}
