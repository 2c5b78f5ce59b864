import { createServer } from 'node:http';
import * as fc from 'fast-check';
import { harmlessNodeOptions } from '../../scripts/cdk/node-options';
import { sessionNameOf } from '../../scripts/ci/session-name';
import { lineOfJsonError } from '../../scripts/configuration/json-error';
import { jsonObjectIn } from '../../scripts/configuration/json-object';
import { readEnvironments } from '../../scripts/configuration/read-environments';
import { exemptHosts, proxyFor, proxyVariables } from '../../scripts/credentials/connection/proxy';
import { dotenvValues, parseDotenv } from '../../scripts/credentials/dotenv-file';
import { containerEndpoint } from '../../scripts/credentials/machine/container-endpoint';
import { reasonIn, sessionIn } from '../../scripts/credentials/machine/metadata-session';
import { parseIni } from '../../scripts/credentials/profiles/ini';
import { nearestRegion } from '../../scripts/credentials/region';
import { claimsOf, endOfToken } from '../../scripts/credentials/web-identity/token-claims';
import { Failure } from '../../scripts/failures/failure';
import { whyUnknown } from '../../scripts/git/git';
import { setDotenvValues } from '../../scripts/keep/dotenv-lines';
import { setSectionValues } from '../../scripts/keep/profile-lines';
import { queryAction, parseQuery } from '../../scripts/local-aws/query';
import { parseAuthorization } from '../../scripts/local-aws/signature';
import { parseTemplate } from '../../scripts/plan/template';
import { findKeys } from '../../scripts/secrets/find-keys';
import { forgetSecrets } from '../../scripts/secrets/registry';
import { holdsCredential } from '../../scripts/secrets/secret-shape';
import { understandAnswer } from '../../scripts/terminal/understand-answer';

// What somebody else wrote, whatever it is: read or refused, and soon, and no object has anything of it that is not its own.

/** Each reader of text that is not ours, the whole of it. Files and answers are read by these alone. */
const readers: Readonly<Record<string, (text: string) => unknown>> = {
  'an AWS file': parseIni,
  'an AWS file, to change it': (text) => setSectionValues(text, { isSection: ({ name }) => name === 'dev', header: 'dev', values: { region: 'x' } }),
  '.env': (text) => dotenvValues(parseDotenv(text)),
  '.env, to change it': (text) => setDotenvValues(text, { AWS_ACCESS_KEY_ID: 'x', AWS_SESSION_TOKEN: null }),
  'what is pasted': (text) => understandAnswer('accessKeyId', text, {}),
  'a token': (text) => [claimsOf(`x.${Buffer.from(text).toString('base64url')}.x`), endOfToken(`x.${Buffer.from(text).toString('base64url')}.x`), claimsOf(text)],
  'the answer of a machine': (text) => [sessionIn(text), reasonIn(text)],
  'JSON that is broken': (text) => lineOfJsonError(text, new SyntaxError('x')),
  'the environments of cdk.json': (text) => readEnvironments(jsonObjectIn(text), { accounts: [], regions: [] }),
  'a template': parseTemplate,
  NODE_OPTIONS: harmlessNodeOptions,
  'a proxy': (text) => [proxyFor(proxyVariables({ HTTPS_PROXY: text, no_proxy: text }), new URL('https://sts.amazonaws.com')), exemptHosts({ NO_PROXY: text })],
  "a container's address": (text) => containerEndpoint({ AWS_CONTAINER_CREDENTIALS_FULL_URI: text }),
  'a region': nearestRegion,
  "git's complaint": whyUnknown,
  "a job's name": (text) => sessionNameOf({ GITHUB_ACTIONS: 'true', GITHUB_REPOSITORY: text, GITHUB_RUN_ID: text }, null),
  'a file that is searched': (text) => [findKeys(Buffer.from(text)), holdsCredential(text)],
  'a request to the local AWS': (text) => [queryAction(Buffer.from(text)), parseQuery(Buffer.from(text))],
  'a signature': parseAuthorization,
};

const hostileNames = ['__proto__', 'constructor', 'prototype', 'toString', 'polluted'];
const piece = fc.oneof(
  fc.constantFrom(...hostileNames, ...hostileNames.map((name) => `[${name}]\npolluted = yes\n`), ...hostileNames.map((name) => `{"${name}":{"polluted":"yes"}}`), ...hostileNames.map((name) => `${name}.polluted=yes&`), '{"constructor":{"prototype":{"polluted":"yes"}}}'),
  fc.constantFrom(...'\n|\r\n|\0|\u001B[|"|\'|`|\\|=|: |, |#|;|[|]|{|}|(|)|*|**|?|!|@|+(|%|%zz|&|../|http://|export |AWS_ACCESS_KEY_ID=|[dev]|AKIA|IQoJb3JpZ2lu|--require |AWS4-HMAC-SHA256 Credential=|\uD800|\u00a0|é€😀'.split('|')),
  fc.tuple(fc.constantFrom('(', '[', '{', '"', '\\', '*', '*(', '!(', ' ', '\t', '\n', 'a', '0', '%', '.', '/'), fc.integer({ min: 20, max: 120 })).map(([unit, count]) => unit.repeat(count)),
  fc.string({ unit: 'binary', maxLength: 12 }),
  fc.json({ maxDepth: 2 }),
);
const text = fc.array(piece, { maxLength: 5 }).map((pieces) => pieces.join(''));

/** What `read` made of it: nothing that is wrong, or why. */
function wrongOf(read: (text: string) => unknown, given: string): string | null {
  try {
    read(given);
  } catch (error) {
    if (!(error instanceof Failure || error instanceof SyntaxError || (error instanceof Error && error.name === 'AwsError'))) return String(error);
  }
  const shared = [Object.prototype, Array.prototype, Function.prototype, Map.prototype].find((prototype) => Object.hasOwn(prototype, 'polluted'));
  return shared === undefined && Reflect.get({}, 'polluted') === undefined && Reflect.get(createServer, 'polluted') === undefined ? null : 'it pollutes';
}

/** In milliseconds: a thousand times what any takes, so that a machine with other work does not make it fail. */
const soon = 2000;

test('ten thousand texts are read or refused by each reader, soon, and pollute nothing', () => {
  const slowest = { reader: '', milliseconds: 0 };
  expect(() => fc.assert(fc.property(text, (given) => {
    for (const [name, read] of Object.entries(readers)) {
      const started = performance.now();
      const wrong = wrongOf(read, given);
      if (wrong !== null) throw new Error(`${name}: ${wrong}`);
      const milliseconds = performance.now() - started;
      if (milliseconds > slowest.milliseconds) Object.assign(slowest, { reader: name, milliseconds });
    }
    forgetSecrets();
  }), { numRuns: 10_000 })).not.toThrow();
  expect([slowest.reader, slowest.milliseconds < soon]).toEqual([slowest.reader, true]);
});

/** What a reader does that takes names for its own. */
function merge(given: string): unknown {
  return Object.assign(Reflect.get({}, Object.keys(JSON.parse(given) as object)[0] ?? '') as object, { polluted: 'yes' });
}

test('a reader that pollutes, or that crashes, is noticed', () => {
  try {
    expect(wrongOf(merge, '{"__proto__":{}}')).toBe('it pollutes');
  } finally {
    Reflect.deleteProperty(Object.prototype, 'polluted');
  }
  expect(wrongOf((given) => (jsonObjectIn(given)['a'] as { readonly b: { readonly c: string } }).b.c, '{}')).toMatch(/^TypeError/);
});
