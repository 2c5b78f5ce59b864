import { runCdk } from '../../scripts/cdk/hand-over';
import { resolveProfile } from '../../scripts/credentials/profiles/resolve-profile';
import type { Found } from '../../scripts/credentials/source';
import { proveIdentity } from '../../scripts/identity/prove';
import { forgetSecrets } from '../../scripts/secrets/registry';
import { makePlace, secret, type Place } from '../credentials/place';
import { makeCertificate, namesOfAws, type Certificate } from '../identity/certificate';
import { startConnectProxy, type ConnectProxy } from '../identity/connect-proxy';
import { fakeAws, smallAws, type FakeAws } from './fake-aws';
import { fixtureProject, Kept, type FixtureProject } from './project';

// What a profile and the environment say of which AWS is meant: the proof and the unmodified CDK CLI, on the wire.

jest.setTimeout(60_000);

const keys = `aws_access_key_id = AKIAQYLPMN5HHHFPZAM2\naws_secret_access_key = ${secret}\nregion = us-west-2\n`;

let certificate: Certificate;
let place: Place;
let project: FixtureProject;
let aws: FakeAws;
let other: FakeAws;
let proxy: ConnectProxy;
beforeAll(async () => {
  certificate = makeCertificate([...namesOfAws, 'IP:127.0.0.1']);
  place = makePlace();
  project = fixtureProject();
  aws = await fakeAws(smallAws, certificate);
  other = await fakeAws(smallAws);
  proxy = await startConnectProxy(() => aws);
});
afterAll(async () => {
  for (const server of [proxy, aws, other]) await server.close();
  for (const one of [certificate, place, project]) one.remove();
  forgetSecrets();
});

/** Proves the credentials of the profile `corp`, then has CDK bootstrap with them. Returns how often each was asked. */
async function proveAndHandOver(profile: string, environment: Readonly<Record<string, string>>): Promise<{ readonly proof: number; readonly cdk: number; readonly output: string }> {
  place.inHome('.aws/config', `[profile corp]\n${keys}${profile}`);
  const person = { ...project.person, ...environment };
  const { found } = resolveProfile('corp', place.surroundings(environment), { source: 'profile', title: 'profile corp', namedBy: '--profile' });
  const before = aws.requests.length;
  await prove(found);
  const proved = aws.requests.length;
  const output = new Kept();
  const ending = await runCdk({
    command: 'bootstrap', projectDirectory: project.directory, person, authority: { provider: found.provider, account: '123456789012', region: 'us-west-2', aws: found.aws },
    assembly: null, assetCommands: [], allowAssetCommands: false, appVariables: [], stacks: [], args: [], qualifier: 'hnb659fds', again: 'npm run bootstrap', output: { kind: 'streams', stdout: output, stderr: output }, interactive: false,
  });
  expect(ending).toEqual({ kind: 'exited', code: 1 }); // the fake lets nobody make a change set
  return { proof: proved - before, cdk: aws.requests.length - proved, output: output.text };
}

async function prove(found: Found): Promise<void> {
  const { identity } = await proveIdentity(found, { value: 'us-west-2', source: 'profile corp' });
  expect(identity.account).toBe('123456789012');
}

test('a proxy with a login, FIPS endpoints and a bundle of certificates', async () => {
  const login = 'me:the-password-of-the-proxy';
  const { proof, cdk, output } = await proveAndHandOver(`ca_bundle = ${certificate.path}\nuse_fips_endpoint = true\n`, { https_proxy: proxy.url.replace('//', `//${login}@`), NO_PROXY: 'internal.example' });
  expect([proof, cdk > 1]).toEqual([1, true]);
  const targets = proxy.connects.map(({ target }) => target);
  expect(targets[0]).toBe('sts-fips.us-west-2.amazonaws.com:443');
  expect(targets).toContain('cloudformation-fips.us-west-2.amazonaws.com:443');
  for (const { target, login: given } of proxy.connects) expect([target, given]).toEqual([expect.stringMatching(/^[\w-]+-fips\.us-west-2\.amazonaws\.com:443$/), login]);
  expect(output).not.toContain('the-password-of-the-proxy');
});

test.each([
  ['dual-stack endpoints, of a profile', 'use_dualstack_endpoint = true', {}, ''],
  ['dual-stack endpoints with FIPS, of variables', '', { AWS_USE_DUALSTACK_ENDPOINT: 'true', AWS_USE_FIPS_ENDPOINT: 'true' }, '-fips'],
])('%s', async (_name, line, variables, fips) => {
  const before = proxy.connects.length;
  const { proof, cdk } = await proveAndHandOver(`ca_bundle = ${certificate.path}\n${line}\n`, { HTTPS_PROXY: proxy.url, ...variables });
  expect([proof, cdk > 1]).toEqual([1, true]);
  const [first, ...others] = proxy.connects.slice(before).map(({ target }) => target);
  expect(first).toBe(`sts${fips}.us-west-2.api.aws:443`);
  expect(new Set(others)).toEqual(new Set([first, `cloudformation${fips}.us-west-2.api.aws:443`]));
});

test('endpoints for one service and for all, of a profile', async () => {
  place.inHome('.aws/config', '');
  const services = `services = mine\nendpoint_url = ${aws.url}\nca_bundle = ${certificate.path}\n[services mine]\ncloudformation =\n  endpoint_url = ${other.url}\n`;
  const { proof, cdk } = await proveAndHandOver(services, { HTTPS_PROXY: proxy.url });
  expect([proof, cdk > 0]).toEqual([1, true]);
  expect(new Set(aws.requests.slice(-cdk).map(({ service }) => service))).toEqual(new Set(['sts']));
  expect(other.requests.map(({ service }) => service)).toEqual(other.requests.map(() => 'cloudformation'));
  expect(other.requests.length).toBeGreaterThan(0);
});

test('authorities of NODE_EXTRA_CA_CERTS, which Node itself reads when it starts', async () => {
  const output = new Kept();
  const before = aws.requests.length;
  await runCdk({
    command: 'bootstrap', projectDirectory: project.directory, person: { ...project.person, NODE_EXTRA_CA_CERTS: certificate.path },
    authority: { provider: () => Promise.resolve({ accessKeyId: 'AKIAQYLPMN5HHHFPZAM2', secretAccessKey: secret }), account: '123456789012', region: 'us-west-2', aws: { AWS_ENDPOINT_URL: aws.url } },
    assembly: null, assetCommands: [], allowAssetCommands: false, appVariables: [], stacks: [], args: [], qualifier: 'hnb659fds', again: 'npm run bootstrap', output: { kind: 'streams', stdout: output, stderr: output }, interactive: false,
  });
  expect(aws.requests.length).toBeGreaterThan(before);
});
