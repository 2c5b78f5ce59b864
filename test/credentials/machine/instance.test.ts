import type { ServerResponse } from 'node:http';
import { join } from 'node:path';
import { fromInstance } from '../../../scripts/credentials/from-instance';
import { isEc2 } from '../../../scripts/credentials/machine/is-ec2';
import type { Outcome } from '../../../scripts/credentials/source';
import { json, machineCredentials, machineSession, startServer, type JsonServer, type Seen } from '../json-server';
import { failureOf, makePlace, type Place } from '../place';

let place: Place;
let server: JsonServer | null = null;
beforeEach(() => { place = makePlace(); });
afterEach(async () => {
  place.remove();
  await server?.close();
  server = null;
});

const roles = '/latest/meta-data/iam/security-credentials/';

/** The metadata service: its answers by path, with a token that it demands back. */
async function imds(answers: Readonly<Record<string, (response: ServerResponse) => void>>): Promise<JsonServer> {
  server = await startServer(({ method, path, headers }: Seen, response) => {
    if (path === '/latest/api/token' && method === 'PUT' && headers['x-aws-ec2-metadata-token-ttl-seconds'] !== undefined) response.end('the-token-of-imds');
    else if (headers['x-aws-ec2-metadata-token'] !== 'the-token-of-imds') response.writeHead(401).end();
    else if (Object.hasOwn(answers, path)) answers[path]?.(response);
    else response.writeHead(404).end();
  });
  return server;
}

function find(endpoint: string, more: Readonly<Record<string, string>> = {}): Promise<Outcome> {
  return fromInstance('/no/dmi').find(place.surroundings({ AWS_EC2_METADATA_DISABLED: 'false', AWS_EC2_METADATA_SERVICE_ENDPOINT: endpoint, ...more }));
}

test('the role of an instance gives a session and the region, asked with a token', async () => {
  const { origin, seen } = await imds({
    [roles]: (response) => response.end('deployer\n'),
    [`${roles}deployer`]: (response) => { json(response, 200, machineSession); },
    '/latest/meta-data/placement/region': (response) => response.end('eu-west-1'),
  });
  const outcome = await find(origin);
  if (outcome.kind === 'absent') throw new Error(outcome.why);
  expect(outcome.found).toMatchObject({ source: 'instance', title: 'instance role', region: { value: 'eu-west-1', source: 'instance' } });
  expect([await outcome.found.provider(), await outcome.found.provider()]).toEqual([machineCredentials, machineCredentials]);
  expect(seen.map(({ path }) => path).toSorted()).toEqual(['/latest/api/token', roles, `${roles}deployer`, '/latest/meta-data/placement/region'].toSorted());
});

test('a session that ends is made new', async () => {
  let given = 0;
  const { origin } = await imds({
    [roles]: (response) => response.end('deployer'),
    [`${roles}deployer`]: (response) => { json(response, 200, { ...machineSession, Token: `the-token-number-${++given}`, Expiration: new Date(Date.now() + 60_000).toISOString() }); },
  });
  const outcome = await find(origin);
  if (outcome.kind === 'absent') throw new Error(outcome.why);
  const { provider, region } = outcome.found;
  expect([(await provider()).sessionToken, (await provider()).sessionToken, region]).toEqual(['the-token-number-1', 'the-token-number-2', null]);
});

test('no role is no credentials here', async () => {
  const { origin } = await imds({});
  expect(await find(origin)).toEqual({ kind: 'absent', why: 'this instance has no role' });
});

test('without a token of IMDSv2 nothing is asked', async () => {
  server = await startServer((_seen, response) => response.writeHead(403).end());
  expect(await find(server.origin)).toEqual({ kind: 'absent', why: 'the metadata service of this instance gives no token (HTTP 403)' });
  expect(server.seen.map(({ path }) => path)).toEqual(['/latest/api/token']);
});

test('a role that EC2 may not assume stops with the reason', async () => {
  const { origin } = await imds({ [roles]: (response) => response.end('deployer'), [`${roles}deployer`]: (response) => { json(response, 200, { Code: 'AssumeRoleUnauthorizedAccess', Message: 'no' }); } });
  expect(await failureOf(() => find(origin))).toMatchObject({ code: 'ACCESS_DENIED', message: 'EC2 cannot assume deployer, the role of this instance (AssumeRoleUnauthorizedAccess).' });
});

test('a name of a role that leads elsewhere is not followed', async () => {
  const { origin, seen } = await imds({ [roles]: (response) => response.end('../../user-data') });
  expect(await find(origin)).toMatchObject({ kind: 'absent' });
  expect(seen.map(({ path }) => path)).not.toContain('/latest/user-data');
});

test('one that answers the token and then nothing is given a second in all', async () => {
  const { origin } = await imds({ [roles]: () => undefined });
  const started = performance.now();
  expect(await find(origin)).toEqual({ kind: 'absent', why: 'the metadata service of this instance did not answer within a second' });
  expect(performance.now() - started).toBeLessThan(1_900);
});

test('one that is not there is no credentials here', async () => {
  const { origin } = await imds({});
  await server?.close();
  expect(await find(origin)).toMatchObject({ kind: 'absent' });
});

test('switched off, it is not asked', async () => {
  const { origin, seen } = await imds({});
  expect(await find(origin, { AWS_EC2_METADATA_DISABLED: 'True' })).toEqual({ kind: 'absent', why: 'AWS_EC2_METADATA_DISABLED is true' });
  expect(seen).toEqual([]);
});

test('another machine is told by its firmware, without a request', async () => {
  place.inHome('dmi/id/sys_vendor', 'Dell Inc.\n');
  expect(await fromInstance(join(place.home, 'dmi')).find(place.surroundings({ AWS_EC2_METADATA_DISABLED: '' }))).toEqual({ kind: 'absent', why: 'this machine is no EC2 instance' });
});

test('an endpoint that is no URL is a usage error', async () => {
  expect(await failureOf(() => find('169.254.169.254'))).toMatchObject({ code: 'USAGE' });
});

test.each([
  ['sys_vendor', 'Amazon EC2\n', true],
  ['bios_version', '4.11.amazon\n', true],
  ['sys_vendor', 'QEMU\n', false],
])('firmware with %s %j: EC2 is %p', (name, text, expected) => {
  place.inHome(`dmi/id/${name}`, text);
  expect(isEc2(join(place.home, 'dmi'))).toBe(expected);
});
