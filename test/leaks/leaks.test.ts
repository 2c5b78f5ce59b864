import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { startEmulator, type Emulator } from '../end-to-end/emulator';
import { onLinux } from '../end-to-end/processes';
import { githubClaims } from '../oidc/claims';
import { startIssuer, type Issuer } from '../oidc/issuer';
import { accessKeyId, oidcToken, secretAccessKey, sessionToken, type Canary } from './canaries';
import { echoes, startEchoing } from './echoing-server';
import { observe, observeWrapper, type Outcome } from './observe';
import { note } from './receipt';
import { recordRequests } from './record-requests';
import { recordBefore } from './recorder';
import { search, type Hit, type Observed } from './search';
import { spyInCdk, writeSpyingApp } from './spying-app';
import { makeWorld, type World } from './world';

// The real npm commands with credentials that were never seen before, and every place that a byte can go to.

jest.setTimeout(120_000);

/** A request to AWS carries the id and the token of a session, and a token that is exchanged. The secret signs, and stays; so does what mints tokens. */
function isInRequest({ channel, canary }: Hit): boolean {
  return channel === 'socket' && /^(?:\w+ access key id|session token|OIDC token)$/.test(canary);
}

/** The runner of GitHub Actions takes these lines out of the log: they are how it learns what to take out of the rest. */
function withoutMasks(observed: Observed): Observed {
  if (observed.channel !== 'standard error') return observed;
  return { ...observed, bytes: Buffer.from(observed.bytes.toString('latin1').replaceAll(/^::add-mask::.*$/gm, ''), 'latin1') };
}

function leaksOf(observed: readonly Observed[], canaries: readonly Canary[]): Hit[] {
  const hits = search(observed, canaries).filter((hit) => !isInRequest(hit));
  note({ observed, canaries, hits });
  return hits;
}

onLinux('a deploy with a session in the environment', () => {
  let world: World;
  let emulator: Emulator;
  let canaries: Canary[];
  let outcomes: Outcome[];
  let observed: Observed[];

  beforeAll(async () => {
    world = makeWorld();
    emulator = await startEmulator();
    using recorder = recordRequests(Number(new URL(emulator.origin).port));
    writeSpyingApp(world);
    const environment: Record<string, string> = { ...emulator.environment, ACTIONS_ID_TOKEN_REQUEST_TOKEN: sessionToken().value, NODE_OPTIONS: `--import=${spyInCdk(world)}` };
    const inJob = { CI: 'true', GITHUB_ACTIONS: 'true' }; // which writes the page of the job
    canaries = [
      { name: 'ASIA access key id', value: emulator.accessKeyId, told: 12 }, // all ids of its account begin alike
      { name: 'secret access key', value: emulator.secretAccessKey },
      { name: 'session token', value: environment['AWS_SESSION_TOKEN'] ?? '' },
      { name: 'token of a CI job', value: environment['ACTIONS_ID_TOKEN_REQUEST_TOKEN'] ?? '' },
    ];
    outcomes = [];
    for (const [command, args, more] of [['bootstrap', ['--yes'], {}], ['deploy', ['--yes', '--verbose'], inJob]] as const) outcomes.push(await observe(world, command, args, { ...environment, ...more }));
    // The sessions that CDK got, by the roles that it assumed.
    const answered = recorder.answered().toString('latin1');
    for (const [element, name] of [['SecretAccessKey', 'secret access key'], ['SessionToken', 'session token']] as const) {
      for (const [, value = ''] of answered.matchAll(new RegExp(`<${element}>([^<]+)</`, 'g'))) canaries.push({ name, value });
    }
    observed = [...outcomes.flatMap((outcome) => outcome.observed).map(withoutMasks), { channel: 'socket', place: 'AWS', bytes: recorder.sent() }];
  });
  afterAll(async () => {
    await emulator.close();
    world.remove();
  });

  test('deploys, with sessions of the bootstrap roles', () => {
    expect(outcomes.map(({ code, output }) => (code === 0 ? 0 : output))).toEqual([0, 0]);
    expect(canaries.filter(({ name }) => name === 'session token').length).toBeGreaterThan(2);
  });

  test('leaks nothing', () => {
    expect(leaksOf(observed, canaries)).toEqual([]);
  });

  test('was looked at where it counts', () => {
    const seen = new Set(observed.map(({ channel }) => channel));
    expect([...seen].toSorted()).toEqual(expect.arrayContaining(['arguments', 'cloud assembly', 'descriptors', 'diagnostic report', 'environment', 'GitHub files', 'heap snapshot', 'socket', 'standard output']));
    const places = observed.map(({ place }) => place).join('\n');
    for (const place of ['heap app', 'report app', 'heap build', 'report build', 'heap cdk synth', 'report cdk synth', 'GITHUB_STEP_SUMMARY', 'environment git', 'scripts/cdk/loaded/main.cjs']) expect(places).toContain(place);
  });

  test("shows the endpoint's address and token in no environment and no argument, CDK's included", () => {
    const shown = observed.filter(({ channel }) => channel === 'environment' || channel === 'arguments');
    expect(shown.filter(({ channel, place }) => channel === 'environment' && place.includes('cdk/loaded/main.cjs'))).not.toEqual([]);
    expect(shown.filter(({ bytes }) => bytes.includes('AWS_CONTAINER_')).map(({ place }) => place)).toEqual([]);
  });

  test('NODE_OPTIONS hook nothing beside the endpoint, and the person is told', () => {
    expect(observed.map(({ place }) => place).filter((place) => /^heap cdk (?!synth)/.test(place))).toEqual([]);
    for (const { output } of outcomes) expect(output).toMatch(/NODE_OPTIONS.*--import/);
  });

  test('connects to nothing that is not on this machine', () => {
    expect(outcomes.flatMap(({ elsewhere }) => elsewhere)).toEqual([]);
  });

  test('changes no file but those that it names', () => {
    const named = [/^cloud assembly: cdk\.out\//, /^cache: \.takeoff\//, /^working tree: app-runs\.txt$/, /^HOME: \.npm\//, /^npm logs: /, /^GitHub files: GITHUB_STEP_SUMMARY$/, /^TMPDIR: (?:tsx-|node-compile-cache)/];
    expect(outcomes.flatMap(({ changed }) => changed).filter((path) => !named.some((pattern) => pattern.test(path)))).toEqual([]);
  });
});

describe('a server that gives back what it got', () => {
  let world: World;
  beforeAll(() => { world = makeWorld(); });
  afterAll(() => world.remove());

  let issuer: Issuer;
  beforeAll(async () => { issuer = await startIssuer(); });
  afterAll(() => issuer[Symbol.asyncDispose]());

  const token = oidcToken(`eyJhbGciOiJSUzI1NiJ9.${Buffer.from(JSON.stringify({ iss: 'https://token.actions.githubusercontent.com', aud: 'sts.amazonaws.com', sub: 'repo:o/r:ref:refs/heads/main' })).toString('base64url')}.${sessionToken().value.replaceAll(/\W/g, '')}`);

  /** Where the credentials are, and which. */
  const kinds: Readonly<Record<string, () => { readonly canaries: readonly Canary[]; readonly environment: Readonly<Record<string, string>> }>> = {
    session() {
      const [id, secret, session] = [accessKeyId('ASIA'), secretAccessKey(), sessionToken()];
      return { canaries: [id, secret, session], environment: { AWS_ACCESS_KEY_ID: id.value, AWS_SECRET_ACCESS_KEY: secret.value, AWS_SESSION_TOKEN: session.value } };
    },
    profile() {
      const [id, secret] = [accessKeyId('AKIA'), secretAccessKey()];
      mkdirSync(join(world.project.home, '.aws'), { recursive: true });
      writeFileSync(join(world.project.home, '.aws/credentials'), `[default]\naws_access_key_id = ${id.value}\naws_secret_access_key = ${secret.value}\n`, { mode: 0o600 });
      return { canaries: [id, secret], environment: {} };
    },
    'web identity'() {
      const path = join(world.dumps, '../token');
      writeFileSync(path, token.value);
      return { canaries: [token], environment: { AWS_ROLE_ARN: 'arn:aws:iam::123456789012:role/deploy', AWS_WEB_IDENTITY_TOKEN_FILE: path } };
    },
    'job of CI'() {
      const job = issuer.githubJob(githubClaims());
      return { canaries: [{ name: 'token of a CI job', value: job.ACTIONS_ID_TOKEN_REQUEST_TOKEN }], environment: { ...job, GITHUB_ACTIONS: 'true', CI: 'true', AWS_ROLE_ARN: 'arn:aws:iam::123456789012:role/deploy' } };
    },
  };
  const debugging = { NODE_DEBUG: '*', DEBUG: '*', NODE_OPTIONS: '--trace-warnings --trace-uncaught' };

  describe.each([...Object.keys(echoes).entries()])('%i: %s', (number, how) => {
    test.each([...Object.keys(kinds).entries()])('%i: %s', async (more, kind) => {
      const args = [(number + more) % 2 === 0 ? '--verbose' : '--json']; // each of both with every kind, and with every server
      const { canaries, environment } = kinds[kind]?.() ?? { canaries: [], environment: {} };
      await using server = await startEchoing(echoes[how] ?? (() => undefined));
      await using recorder = await recordBefore(server.origin);
      const outcome = await observeWrapper(world, 'preflight', args, { AWS_ENDPOINT_URL: recorder.origin, AWS_REGION: 'us-west-2', ...environment, ...debugging });
      expect(recorder.sent().length).toBeGreaterThan(0);
      const exchanged = [...recorder.sent().toString('latin1').matchAll(/WebIdentityToken=([^&\s]+)/g)].map(([, value = '']) => oidcToken(decodeURIComponent(value)));
      const observed = [...outcome.observed.map(withoutMasks), { channel: 'socket', place: how, bytes: recorder.sent() }];
      expect(recorder.sent().toString('latin1')).not.toMatch(/^\w+ \/elsewhere/m); // where a redirect leads
      expect(leaksOf(observed, [...canaries, ...exchanged])).toEqual([]);
    });
  });
});

onLinux('a fault in the middle of a call', () => {
  test.each(['exception', 'rejection'])('%s', async (kind) => {
    const world = makeWorld();
    const [id, secret, token] = [accessKeyId('ASIA'), secretAccessKey(), sessionToken()];
    const hook = join(world.dumps, '../fault.mjs');
    // An error as the SDK makes them: it holds the request, and the request the credentials.
    writeFileSync(hook, `
      import diagnostics from 'node:diagnostics_channel';
      diagnostics.subscribe('http.client.request.start', ({ request }) => {
        const fault = Object.assign(new Error('${secret.value}'), { request: request.getHeaders(), $response: { body: '${token.value}' } });
        if ('${kind}' === 'rejection') Promise.reject(fault);
        else setImmediate(() => { throw fault; });
      });`);
    await using server = await startEchoing(() => undefined);
    const environment = { AWS_ENDPOINT_URL: server.origin, AWS_REGION: 'us-west-2', AWS_ACCESS_KEY_ID: id.value, AWS_SECRET_ACCESS_KEY: secret.value, AWS_SESSION_TOKEN: token.value };
    for (const args of [['--json'], ['--verbose']]) {
      const { observed, output, code } = await observeWrapper(world, 'preflight', args, { ...environment, NODE_OPTIONS: `--import=${hook} --trace-uncaught` });
      expect([code, output]).toEqual([1, expect.stringMatching(/INTERNAL/)]);
      expect(leaksOf(observed, [id, secret, token])).toEqual([]);
    }
    world.remove();
  });
});
