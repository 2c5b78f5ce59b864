import { containerEndpoint } from '../../../scripts/credentials/machine/container-endpoint';
import { fromContainer } from '../../../scripts/credentials/from-container';
import type { Provider } from '../../../scripts/credentials/source';
import { json, machineCredentials, machineSession, startServer, type JsonServer } from '../json-server';
import { failureOf, makePlace, type Place } from '../place';

let place: Place;
let server: JsonServer | null = null;
beforeEach(() => { place = makePlace(); });
afterEach(async () => {
  place.remove();
  await server?.close();
  server = null;
});

async function provider(answer: Parameters<typeof startServer>[0], more: Readonly<Record<string, string>> = {}): Promise<Provider> {
  server = await startServer(answer);
  const outcome = await fromContainer().find(place.surroundings({ AWS_CONTAINER_CREDENTIALS_FULL_URI: `${server.origin}/v1/credentials?a=b`, ...more }));
  if (outcome.kind === 'absent') throw new Error(outcome.why);
  return outcome.found.provider;
}

test('the role of a container gives a session, once while it lasts', async () => {
  const ask = await provider((_seen, response) => { json(response, 200, machineSession); }, { AWS_CONTAINER_AUTHORIZATION_TOKEN: 'Bearer the-token-of-the-task' });
  expect([await ask(), await ask()]).toEqual([machineCredentials, machineCredentials]);
  expect(server?.seen).toMatchObject([{ method: 'GET', path: '/v1/credentials?a=b', headers: { authorization: 'Bearer the-token-of-the-task' } }]);
});

test('the token\'s file goes before the token, and is read anew for each session', async () => {
  const AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE = place.inHome('token', 'the-first-token-of-the-pod\n');
  const soon = new Date(Date.now() + 60_000).toISOString();
  const ask = await provider((_seen, response) => { json(response, 200, { ...machineSession, Expiration: soon }); }, { AWS_CONTAINER_AUTHORIZATION_TOKEN: 'of-no-use-at-all', AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE });
  await ask();
  place.inHome('token', 'the-second-token-of-the-pod');
  await ask();
  expect(server?.seen.map(({ headers }) => headers.authorization)).toEqual(['the-first-token-of-the-pod', 'the-second-token-of-the-pod']);
});

test('an endpoint that is busy is asked again', async () => {
  let asked = 0;
  const ask = await provider((_seen, response) => { json(response, asked++ === 0 ? 503 : 200, machineSession); });
  expect(await ask()).toEqual(machineCredentials);
});

test.each([
  ['refuses', 403, { code: 'InvalidIdToken', message: 'the-token-of-the-pod' }, 'ACCESS_DENIED', 'HTTP 403 (InvalidIdToken)', 1],
  ['is broken', 500, 'oh', 'AWS_UNAVAILABLE', 'HTTP 500', 3],
  ['answers something else', 200, { hello: 'the-token-of-the-pod' }, 'AWS_UNAVAILABLE', 'HTTP 200, but no credentials', 1],
  ['leads elsewhere', 302, '', 'AWS_UNAVAILABLE', 'HTTP 302', 1],
])('an endpoint that %s is named, and not quoted', async (_case, status, body, code, words, requests) => {
  const ask = await provider((_seen, response) => { json(response, status, body); });
  const failure = await failureOf(ask);
  expect(failure).toMatchObject({ code, message: expect.stringContaining(words) as string });
  expect(failure.message + failure.fix).not.toContain('the-token-of-the-pod');
  expect(server?.seen).toHaveLength(requests);
});

test('an endpoint that is not there is the network\'s', async () => {
  const ask = await provider(() => undefined);
  await server?.close();
  expect(await failureOf(ask)).toMatchObject({ code: 'NETWORK_UNREACHABLE', message: expect.stringContaining('cannot be reached: it refuses connections') as string, fix: expect.stringContaining('unset AWS_CONTAINER') as string });
});

test('a token file that is not there, and a token that no header can have', async () => {
  const lost = await provider(() => undefined, { AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE: '/no/such/file' });
  expect(await failureOf(lost)).toMatchObject({ code: 'OIDC_TOKEN_UNAVAILABLE', message: expect.stringContaining('AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE') as string });
  await server?.close();
  const broken = await provider(() => undefined, { AWS_CONTAINER_AUTHORIZATION_TOKEN: 'two\r\nlines' });
  expect(await failureOf(broken)).toMatchObject({ code: 'MALFORMED_CREDENTIALS' });
});

test.each([
  ['AWS_CONTAINER_CREDENTIALS_RELATIVE_URI', '/v2/credentials/id?x=1', 'http://169.254.170.2/v2/credentials/id?x=1'],
  ['AWS_CONTAINER_CREDENTIALS_FULL_URI', 'http://169.254.170.23/v1/credentials', 'http://169.254.170.23/v1/credentials'],
  ['AWS_CONTAINER_CREDENTIALS_FULL_URI', 'http://[fd00:ec2::23]/v1/credentials', 'http://[fd00:ec2::23]/v1/credentials'],
  ['AWS_CONTAINER_CREDENTIALS_FULL_URI', 'http://localhost:1338/latest', 'http://localhost:1338/latest'],
  ['AWS_CONTAINER_CREDENTIALS_FULL_URI', 'http://127.9.8.7/x', 'http://127.9.8.7/x'],
  ['AWS_CONTAINER_CREDENTIALS_FULL_URI', 'http://[::1]/x', 'http://[::1]/x'],
  ['AWS_CONTAINER_CREDENTIALS_FULL_URI', 'https://anywhere.example/x', 'https://anywhere.example/x'],
])('%s=%s is asked', (name, value, url) => {
  expect(containerEndpoint({ [name]: value })?.href).toBe(url);
});

test.each([
  ['AWS_CONTAINER_CREDENTIALS_FULL_URI', 'http://anywhere.example/x'],
  ['AWS_CONTAINER_CREDENTIALS_FULL_URI', 'http://127.0.0.1.example/x'],
  ['AWS_CONTAINER_CREDENTIALS_FULL_URI', 'http://169.254.169.254/x'],
  ['AWS_CONTAINER_CREDENTIALS_FULL_URI', 'file:///etc/passwd'],
  ['AWS_CONTAINER_CREDENTIALS_FULL_URI', 'nonsense'],
  ['AWS_CONTAINER_CREDENTIALS_RELATIVE_URI', '@anywhere.example/x'],
])('%s=%s is refused', async (name, value) => {
  expect(await failureOf(() => containerEndpoint({ [name]: value }))).toMatchObject({ code: 'USAGE', fix: expect.stringContaining(`unset ${name}`) as string });
});

test('the relative one goes first, and blank ones are none', () => {
  expect(containerEndpoint({ AWS_CONTAINER_CREDENTIALS_RELATIVE_URI: '/a', AWS_CONTAINER_CREDENTIALS_FULL_URI: 'http://localhost/b' })?.pathname).toBe('/a');
  expect(containerEndpoint({ AWS_CONTAINER_CREDENTIALS_RELATIVE_URI: ' ', AWS_CONTAINER_CREDENTIALS_FULL_URI: '' })).toBeNull();
});
