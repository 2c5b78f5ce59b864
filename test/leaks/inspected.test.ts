import { inspect } from 'node:util';
import type { Found } from '../../scripts/credentials/source';
import { Failure } from '../../scripts/failures/failure';
import { proveIdentity } from '../../scripts/identity/prove';
import { useOneError } from '../identity/one-error';
import { accessKeyId, secretAccessKey, sessionToken, type Canary } from './canaries';
import { echoes, startEchoing } from './echoing-server';
import { note } from './receipt';
import { search, type Hit } from './search';

// What a debugger, or a log of everything, shows of an error: members that nobody sees otherwise, too.

useOneError();

const canaries: readonly Canary[] = [accessKeyId('ASIA'), secretAccessKey(), sessionToken()];

/** What proves the credentials of `canaries` to a server that gives back what it got. */
async function failureOf(how: string): Promise<Failure> {
  await using server = await startEchoing(echoes[how] ?? (() => undefined));
  const [accessKey = '', secret = '', token = ''] = canaries.map(({ value }) => value);
  const provider: Found['provider'] = () => Promise.resolve({ accessKeyId: accessKey, secretAccessKey: secret, sessionToken: token });
  const found: Found = { source: 'environment', profile: null, title: 'environment keys', provider, region: null, aws: { AWS_ENDPOINT_URL: server.origin } };
  try {
    await proveIdentity(found, { value: 'us-west-2', source: '--region' });
  } catch (error) {
    if (error instanceof Failure) return error;
    throw error;
  }
  throw new Error('It was proved.');
}

function hitsIn(what: unknown, how: string): { readonly hits: readonly Hit[]; note(): void } {
  const observed = [{ channel: 'inspection', place: how, bytes: Buffer.from(inspect(what, { showHidden: true, depth: Infinity, getters: true, maxStringLength: Infinity })) }];
  const hits = search(observed, canaries);
  return { hits, note: () => note({ observed, canaries, hits }) };
}

// Who echoes in an identity proves it; a page of its own is no error to the SDK.
const failing = Object.keys(echoes).filter((how) => how !== 'in an identity');

test.each(failing)('a failure shows nothing of what a server echoes %s', async (how) => {
  const failure = await failureOf(how);
  const seen = hitsIn({ failure, of: new Error('x', { cause: failure }) }, how);
  seen.note();
  expect(seen.hits).toEqual([]);
  expect(inspect(failure)).toMatch(/^Failure [A-Z_]+\n +at /);
});

test.each(failing.filter((how) => how !== 'in a web page'))('what the SDK threw would have shown what it echoes %s', async (how) => {
  expect(hitsIn((await failureOf(how)).cause, how).hits).not.toEqual([]);
});
