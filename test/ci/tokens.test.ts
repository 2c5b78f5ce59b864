import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Means } from '../../scripts/ci/ci-system';
import { ciSystemOf } from '../../scripts/ci/systems';
import { httpRequest } from '../../scripts/credentials/connection/http-request';
import { redact } from '../../scripts/secrets/redact';
import { forgetSecrets } from '../../scripts/secrets/registry';
import { failureOf } from '../credentials/place';
import { answers, bearer, startTokenService } from './github-service';

type Environment = Readonly<Record<string, string>>;

const token = 'eyJoZWFkZXIi.eyJwYXlsb2FkIn0.the-signature-of-the-token';

let folder: string;
beforeEach(() => { folder = mkdtempSync(join(tmpdir(), 'takeoff-ci-')); });
afterEach(() => {
  rmSync(folder, { recursive: true });
  forgetSecrets();
});

/** A job whose waits are over at once; they are kept. */
function meansOf(environment: Environment, waits: number[] = []): Means {
  return {
    environment,
    get: (url, headers) => httpRequest(url, { method: 'GET', headers, body: null, agents: {}, patience: 5_000 }),
    wait: (milliseconds) => { waits.push(milliseconds); return Promise.resolve(); },
  };
}

async function tokenFor(environment: Environment, waits: number[] = []): Promise<string> {
  const system = ciSystemOf(environment);
  if (system === null) throw new Error('no system is known');
  return system.getToken(meansOf(environment, waits));
}

test.each<[string | undefined, Environment]>([
  ['github', { GITHUB_ACTIONS: 'true', CI: 'true' }],
  ['gitlab', { GITLAB_CI: 'true', CI: 'true' }],
  ['circleci', { CIRCLECI: 'true', CI: 'true' }],
  ['bitbucket', { BITBUCKET_BUILD_NUMBER: '7', CI: 'true' }],
  ['buildkite', { BUILDKITE: 'true', CI: 'true' }],
  [undefined, { CI: 'true' }],
  [undefined, {}],
])('%s is known by %j', (name, environment) => {
  expect(ciSystemOf(environment)?.name).toBe(name);
});

describe('GitHub', () => {
  test('is asked for a token for AWS, with the bearer of the job; both are secret from then on', async () => {
    await using service = await startTokenService(answers(200, { value: token }));
    expect(await tokenFor(service.job)).toBe(token);
    const [request, ...more] = service.requests;
    expect([request?.url.pathname, Object.fromEntries(request?.url.searchParams ?? []), request?.headers.authorization, more]).toEqual(['/token', { 'api-version': '2.0', audience: 'sts.amazonaws.com' }, `Bearer ${bearer}`, []]);
    expect(redact(`${token} ${bearer}`)).toBe('[redacted] [redacted]');
  });

  test('is asked again after 5xx and 429, each time after a random time below a bound that doubles', async () => {
    await using service = await startTokenService(answers(503, ''), answers(429, ''), answers(200, { value: token }));
    const waits: number[] = [];
    expect(await tokenFor(service.job, waits)).toBe(token);
    expect(waits).toEqual([expect.any(Number), expect.any(Number)]);
    expect(waits.every((wait, index) => wait >= 0 && wait < 1000 * 2 ** index)).toBe(true);
  });

  test.each([
    ['busy for long', answers(502, 'oops'), 3, 'OIDC_TOKEN_UNAVAILABLE', 'did not answer (HTTP 502), after three attempts'],
    ['a refusal', answers(403, '{"message":"no"}'), 1, 'OIDC_TOKEN_UNAVAILABLE', 'refused this job a token (HTTP 403)'],
    ['a web page', answers(200, '<html>'), 1, 'OIDC_TOKEN_UNAVAILABLE', 'refused this job a token (HTTP 200)'],
    ['no token in the answer', answers(200, { value: 7 }), 1, 'OIDC_TOKEN_UNAVAILABLE', 'refused this job a token'],
  ])('%s ends the run', async (_what, answer, requests, code, words) => {
    await using service = await startTokenService(answer);
    expect(await failureOf(() => tokenFor(service.job))).toMatchObject({ code, message: expect.stringContaining(words) as string });
    expect(service.requests).toHaveLength(requests);
  });

  test('that cannot be reached is the network', async () => {
    const service = await startTokenService();
    await service[Symbol.asyncDispose]();
    expect(await failureOf(() => tokenFor(service.job))).toMatchObject({ code: 'NETWORK_UNREACHABLE', message: expect.stringContaining('GitHub\'s token service cannot be reached') as string });
  });

  test.each(['http://token.example/x', 'ftp://127.0.0.1/x', 'x'])('gets its bearer at no address such as %s', async (url) => {
    const job = { GITHUB_ACTIONS: 'true', ACTIONS_ID_TOKEN_REQUEST_URL: url, ACTIONS_ID_TOKEN_REQUEST_TOKEN: bearer };
    expect(await failureOf(() => tokenFor(job))).toMatchObject({ code: 'OIDC_TOKEN_UNAVAILABLE', message: expect.stringContaining('no https:// URL') as string });
  });

  test('without id-token: write the lines for it are there to copy', async () => {
    const { code, message, fix } = await failureOf(() => tokenFor({ GITHUB_ACTIONS: 'true' }));
    expect([code, message]).toEqual(['OIDC_TOKEN_UNAVAILABLE', 'This job of GitHub Actions may not ask for an OIDC token: ACTIONS_ID_TOKEN_REQUEST_URL is not set.']);
    expect(fix.split('\n').slice(1)).toEqual(['  permissions:', '    id-token: write', '    contents: read']);
  });

  test.each([
    ['of a fork', 'someone/notes', true],
    ['of a fork that is gone', null, true],
    ['of the repository itself', 'octo/notes', false],
  ])('a pull request %s', async (_what, from, isFork) => {
    const event = join(folder, 'event.json');
    writeFileSync(event, JSON.stringify({ pull_request: { head: { repo: from === null ? null : { full_name: from } } } }));
    const { message, fix } = await failureOf(() => tokenFor({ GITHUB_ACTIONS: 'true', GITHUB_EVENT_NAME: 'pull_request', GITHUB_EVENT_PATH: event, GITHUB_REPOSITORY: 'octo/notes' }));
    expect(message.includes('pull requests from forks')).toBe(isFork);
    expect(fix.includes('if: github.event.pull_request.head.repo.full_name == github.repository')).toBe(isFork);
  });
});

describe.each<[string, Environment, string, RegExp]>([
  ['GitLab CI/CD', { GITLAB_CI: 'true' }, 'GITLAB_OIDC_TOKEN', /id_tokens:\n {4}GITLAB_OIDC_TOKEN:\n {6}aud: sts\.amazonaws\.com/],
  ['CircleCI', { CIRCLECI: 'true' }, 'CIRCLE_OIDC_TOKEN_V2', /context: aws/],
  ['Bitbucket Pipelines', { BITBUCKET_BUILD_NUMBER: '7' }, 'BITBUCKET_STEP_OIDC_TOKEN', /oidc: true/],
])('%s', (title, environment, variable, lines) => {
  test('has the token in a variable, and it is secret from then on', async () => {
    expect(await tokenFor({ ...environment, [variable]: `${token}\n` })).toBe(token);
    expect(redact(token)).toBe('[redacted]');
  });

  test('without it says which lines are missing', async () => {
    expect(await failureOf(() => tokenFor(environment))).toMatchObject({
      code: 'OIDC_TOKEN_UNAVAILABLE', message: `This job of ${title} has no OIDC token for AWS: ${variable} is not set.`, fix: expect.stringMatching(lines) as string,
    });
  });
});

function agent(script: string): Environment {
  const file = join(folder, 'buildkite-agent');
  writeFileSync(file, `#!/bin/sh\n${script}\n`);
  chmodSync(file, 0o755);
  return { BUILDKITE: 'true', BUILDKITE_AGENT_ACCESS_TOKEN: 'agent', MY_SECRET: 'no', PATH: `${folder}:/usr/bin:/bin` };
}

describe('Buildkite', () => {
  test('asks the agent for a token for AWS; it gets what is its own of the environment', async () => {
    const seen = join(folder, 'seen');
    expect(await tokenFor(agent(`echo "$*" > ${seen}; echo "$BUILDKITE_AGENT_ACCESS_TOKEN $MY_SECRET" >> ${seen}; echo ${token}`))).toBe(token);
    expect(readFileSync(seen, 'utf8')).toBe('oidc request-token --audience sts.amazonaws.com\nagent \n');
    expect(redact(token)).toBe('[redacted]');
  });

  test.each([['exit 1', 'gave none'], ['true', 'gave none'], [null, 'no buildkite-agent in the PATH']])('%s is no token', async (script, words) => {
    const environment = script === null ? { BUILDKITE: 'true', PATH: folder } : agent(script);
    expect(await failureOf(() => tokenFor(environment))).toMatchObject({ code: 'OIDC_TOKEN_UNAVAILABLE', message: expect.stringContaining(words) as string });
  });
});
