import { fromContainer } from '../../../scripts/credentials/from-container';
import { tellCalls, toldCall } from '../../../scripts/credentials/connection/call-log';
import type { Found } from '../../../scripts/credentials/source';
import { proveIdentity } from '../../../scripts/identity/prove';
import { identity, page, refusal, startFakeSts, type Answer } from '../../identity/fake-sts';
import { useOneError } from '../../identity/one-error';
import { json, machineSession, startServer } from '../json-server';
import { makePlace } from '../place';

useOneError();

const secret = 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYzzzzzzzzzz';

let lines: string[] = [];
beforeEach(() => {
  lines = [];
  tellCalls((line) => { lines.push(line); });
});
afterEach(() => { tellCalls(null); });

/** What is told of a proof against a server that answers as `answer`. */
async function toldOf(answer: Answer): Promise<string> {
  const sts = await startFakeSts(answer);
  const credentials = { accessKeyId: 'ASIAQYLPMN5HHHFPZAM2', secretAccessKey: secret, sessionToken: 'a-token-of-some-length' };
  const found: Found = { source: 'environment', profile: null, title: 'environment keys', provider: async () => credentials, region: null, aws: { AWS_ENDPOINT_URL: sts.origin } };
  await proveIdentity(found, { value: 'us-west-2', source: '--region' }).catch(() => undefined);
  await sts.close();
  return lines.join('\n');
}

test.each<readonly [string, Answer, RegExp]>([
  ['answered', identity(), /^sts GetCallerIdentity \d+ ms request 01234567-89ab-cdef-0123-456789abcdef$/],
  ['refused', refusal('ExpiredToken', `the echo of ${secret}`), /^sts GetCallerIdentity \d+ ms ExpiredToken HTTP 403 request 01234567-[\w-]+$/],
  ['not answered', (_request, response) => { response.destroy(); }, /^sts GetCallerIdentity \d+ ms TimeoutError ECONNRESET 3 attempts$/],
  ['answered by somebody else, three times', page(503), /^sts GetCallerIdentity \d+ ms \w+ HTTP 503 3 attempts$/],
  ['refused with a name that is no word', refusal(secret.replaceAll('/', '&#10;'), 'x'), /^sts GetCallerIdentity \d+ ms HTTP 403 request 01234567-[\w-]+$/],
])('a call that was %s is one line, with no secret', async (_case, answer, line) => {
  const text = await toldOf(answer);
  expect(text).toMatch(line);
  expect(text).not.toContain(secret);
});

test('a container\'s endpoint is told without the path, which may be the key to the session', async () => {
  const server = await startServer((_seen, response) => { json(response, 200, machineSession); });
  const place = makePlace();
  const outcome = await fromContainer().find(place.surroundings({ AWS_CONTAINER_CREDENTIALS_FULL_URI: `${server.origin}/v2/credentials/the-id` }));
  if (outcome.kind === 'absent') throw new Error(outcome.why);
  await outcome.found.provider();
  await server.close();
  place.remove();
  expect(lines).toEqual([expect.stringMatching(/^metadata GET 127\.0\.0\.1:\d+ \d+ ms$/)]);
});

test('nothing is told where nobody asked', async () => {
  tellCalls(null);
  expect(await toldOf(identity())).toBe('');
  expect(await toldCall('iam', 'ListAccessKeys', () => Promise.resolve(7))).toBe(7);
});
