import { ableToCallIam, exchangeKeys } from '../../scripts/flow/exchange-keys';
import type { Run } from '../../scripts/flow/run';
import type { Session } from '../../scripts/flow/session';
import { runFor, sessionOf } from './run-for-test';

let run: Run;
let said: string[];

beforeEach(() => {
  said = [];
  const made = runFor('deploy', []);
  run = { ...made, canAsk: true, screen: { ...made.screen, line: (text = '') => { said.push(text); } } };
});
afterEach(() => run.interruption.stop());

const keys = sessionOf('environment');

/** The session of long-term keys whose ARN ends so. */
function of(resource: string, more: Partial<Session> = {}): Session {
  return { ...keys, proof: { ...keys.proof, identity: { ...keys.proof.identity, arn: `arn:aws:iam::123456789012:${resource}` } }, ...more };
}

// That one is asked elsewhere is seen in a real terminal: test/end-to-end/terminal-exchange.test.ts.
test.each<[string, Session, Partial<Run>]>([
  ['where nobody can be asked', of('user/dev'), { canAsk: false }],
  ['of the root user', of('root'), {}],
  ['of a role, which can have none', of('role/x'), {}],
  ['of the local AWS', of('user/dev', { found: { ...keys.found, source: 'local' } }), {}],
  ['of an emulator', of('user/dev', { found: { ...keys.found, aws: { AWS_ENDPOINT_URL: 'http://127.0.0.1:4566' } } }), {}],
  ['that are temporary already', of('user/dev', { proof: { ...of('user/dev').proof, kind: 'temporary' } }), {}],
])('nothing is exchanged for keys %s', async (_, session, more) => {
  expect(await exchangeKeys({ ...run, ...more }, session)).toBe(session);
});

test('nothing is exchanged where an hour is too short', async () => {
  const session = of('user/dev');
  expect(await exchangeKeys({ ...run, configuration: { ...run.configuration, minSessionMinutes: 60 } }, session)).toBe(session);
});

describe('what calls IAM', () => {
  const exchanged = (withMfa: boolean): Session => ({ ...sessionOf('environment'), exchanged: { found: keys.found, proof: keys.proof, withMfa } });

  test('gets the keys where the session has no MFA, and that is said', () => {
    expect(ableToCallIam(run, exchanged(false), 'the bootstrap')).toEqual({ ...exchanged(false), found: keys.found, proof: keys.proof, exchanged: undefined });
    expect(said).toEqual([expect.stringContaining('for the bootstrap: a session without MFA may not call IAM')]);
  });

  test.each([['a session with MFA', exchanged(true)], ['keys that were never exchanged', keys]])('goes on with %s', (_, session) => {
    expect(ableToCallIam(run, session, 'the bootstrap')).toBe(session);
    expect(said).toEqual([]);
  });
});
