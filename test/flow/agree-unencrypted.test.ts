import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { forgetAgreements } from '../../scripts/credentials/connection/unencrypted';
import { agreeToPlainHttp } from '../../scripts/flow/agree-unencrypted';
import { findAndProve } from '../../scripts/flow/find-and-prove';
import type { Run } from '../../scripts/flow/run';
import { failureOf, longTermKeys, makePlace, secret, type Place } from '../credentials/place';
import { identity, session } from '../identity/fake-sts';
import { runFor } from './run-for-test';

process.env['AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED'] = 'true';

const assumed = { accessKeyId: 'ASIAQYLPMN5HHASSUMED', secretAccessKey: 'the-secret-of-the-session-here', sessionToken: 'the-token-of-the-session' };
let place: Place;
let server: Server;
/** Not loopback by its name, though it leads to this machine: what arrives there is counted. */
let origin: string;
let connections = 0;
let runs: Run[] = [];

beforeEach(async () => {
  place = makePlace();
  connections = 0;
  server = createServer((request, response) => {
    request.setEncoding('utf8').on('data', (body: string) => {
      const parameters = new URLSearchParams(body);
      const action = parameters.get('Action');
      const answer = action === 'GetCallerIdentity' ? identity() : session(assumed, new Date(Date.now() + 3_600_000));
      answer({ action, parameters, accessKeyId: null, host: '', signedAt: 0 }, response);
    });
  }).on('connection', () => { connections += 1; });
  await new Promise<void>((listening) => { server.listen(0, '127.0.0.1', listening); });
  origin = `http://0.0.0.0:${(server.address() as AddressInfo).port}`;
});
afterEach(async () => {
  for (const run of runs.splice(0)) run.interruption.stop();
  forgetAgreements();
  server.closeAllConnections();
  await new Promise((closed) => { server.close(closed); });
  place.remove();
});

function runWith(argv: readonly string[], environment: Readonly<Record<string, string>>): Run {
  const run = runFor('preflight', argv, place.project);
  runs.push(run);
  return { ...run, surroundings: { ...run.surroundings, ...place.surroundings({ AWS_REGION: 'us-west-2', ...environment }, run.options) } };
}

const base = `[profile base]\naws_access_key_id = ${longTermKeys.AWS_ACCESS_KEY_ID}\naws_secret_access_key = ${secret}\n`;

/** Ways to credentials of which the last three ask STS for a session before the proof. */
const ways: readonly (readonly [string, string, () => { readonly argv: readonly string[]; readonly environment: Readonly<Record<string, string>> }])[] = [
  ['keys', 'AWS_ENDPOINT_URL', () => ({ argv: [], environment: { ...longTermKeys, AWS_ENDPOINT_URL: origin } })],
  ['a web identity', 'AWS_ENDPOINT_URL_STS', () => ({ argv: [], environment: { AWS_ENDPOINT_URL_STS: origin, AWS_ROLE_ARN: 'arn:aws:iam::123456789012:role/r', AWS_WEB_IDENTITY_TOKEN_FILE: place.inHome('token', 'a-token-of-somebody') } })],
  ['a role', 'endpoint_url of profile dev', () => {
    place.inHome('.aws/config', `[profile dev]\nrole_arn = arn:aws:iam::123456789012:role/r\nsource_profile = base\nendpoint_url = ${origin}\n${base}`);
    return { argv: ['--profile', 'dev'], environment: {} };
  }],
  ['a role by a services section', 'services of profile dev', () => {
    place.inHome('.aws/config', `[profile dev]\nrole_arn = arn:aws:iam::123456789012:role/r\nsource_profile = base\nservices = mine\n${base}[services mine]\nsts =\n  endpoint_url = ${origin}\n`);
    return { argv: ['--profile', 'dev'], environment: {} };
  }],
];

describe.each(ways)('%s', (_, namedBy, arrange) => {
  test('where nobody can be asked nothing is sent, and it is said what to do', async () => {
    const { argv, environment } = arrange();
    const run = runWith(argv, environment);
    const failure = await failureOf(() => findAndProve(run));
    expect(failure).toMatchObject({ code: 'NOT_CONFIRMED', exitCode: 7, message: expect.stringMatching(/^http.* is reached by plain HTTP, and by no loopback address: .* so nothing was sent\.$/) as string });
    expect(failure.message).toContain(`${origin} (${namedBy})`);
    const port = origin.split(':').at(-1);
    const more = argv.length === 0 ? '' : `${argv.join(' ')} `;
    expect(failure.fix).toBe(`Give it as https://, or reach it through a tunnel, as http://127.0.0.1:${port}:\nssh -N -L ${port}:127.0.0.1:${port} 0.0.0.0\nnpm run preflight -- ${more}--yes   (if it may go there unencrypted; --yes agrees to all that would be asked)`);
    expect(run.record.checks.find(({ id }) => id === 'identity')).toMatchObject({ status: 'fail', code: 'NOT_CONFIRMED' });
    expect(connections).toBe(0);
  });

  test('--yes agrees, and the check warns', async () => {
    const { argv, environment } = arrange();
    const run = runWith([...argv, '--yes'], environment);
    expect((await findAndProve(run)).proof.identity.account).toBe('123456789012');
    expect(run.record.checks.find(({ id }) => id === 'identity')).toMatchObject({ status: 'warn', message: expect.stringContaining(`Asked without encryption: ${origin} (${namedBy})`) as string });
    expect(connections).toBeGreaterThan(0);
  });
});

test('a tunnel to a port that only root may listen at begins at another, and an IPv6 address stands in no brackets', async () => {
  expect((await failureOf(() => agreeToPlainHttp(runWith([], {}), { aws: { AWS_ENDPOINT_URL: 'http://[fd00::2]' }, profile: null }))).fix).toContain('as http://127.0.0.1:8080:\nssh -N -L 8080:127.0.0.1:80 fd00::2\n');
});

describe('a person', () => {
  const questions: { readonly message: string; readonly default: boolean }[] = [];
  const answering = (yes: boolean) => (question: (typeof questions)[number]): Promise<boolean> => {
    questions.push(question);
    return Promise.resolve(yes);
  };
  const asked = (yes: boolean): Promise<void> => agreeToPlainHttp({ ...runWith([], {}), canAsk: true }, { aws: { AWS_ENDPOINT_URL: origin }, profile: null }, answering(yes));

  test('is asked once, with No as the default, and what is declined is asked anew', async () => {
    expect(await failureOf(() => asked(false))).toMatchObject({ code: 'DECLINED', exitCode: 7, message: `Nothing was sent to ${origin} (AWS_ENDPOINT_URL).` });
    await asked(true);
    await asked(false); // a second time nobody is asked
    const question = { message: 'Send them there unencrypted?', default: false };
    expect(questions).toEqual([question, question]);
  });
});
