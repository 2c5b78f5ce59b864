import type { TargetEnvironment } from '../../scripts/configuration/target-environment';
import { confirmed } from '../../scripts/flow/confirm';
import type { Run } from '../../scripts/flow/run';
import type { Session } from '../../scripts/flow/session';
import { runFor, sessionOf } from './run-for-test';

const question = { text: 'Deploy to account 123456789012 in us-west-2?', reads: false };

const { configuration: plain, interruption } = runFor('deploy', []);
afterAll(() => { interruption.stop(); });

async function outcome(argv: readonly string[], session: Session, reads = false, more: Partial<Run> = {}): Promise<unknown> {
  const run = { ...runFor('deploy', argv), ...more };
  try {
    return await confirmed(run, session, { ...question, reads }).then(() => 'confirmed', (error: unknown) => error);
  } finally {
    run.interruption.stop();
  }
}

test.each<[string, string[], Session, boolean]>([
  ['--yes', ['--yes'], sessionOf('environment'), false],
  ['credentials typed in this run', [], sessionOf('prompt', true), false],
  ['the local AWS', ['--local'], sessionOf('local'), false],
  ['a command that only reads', [], sessionOf('environment'), true],
])('%s needs no answer', async (_, argv, session, reads) => {
  expect(await outcome(argv, session, reads)).toBe('confirmed');
});

test('a change that nobody confirms does not happen, and the same command with --yes is said', async () => {
  expect(await outcome(['Notes', '--profile', 'my dev', '--account', '123456789012', '-c', 'a=b', '--all'], sessionOf('profile'))).toMatchObject({
    code: 'NOT_CONFIRMED', exitCode: 7,
    message: 'Deploy to account 123456789012 in us-west-2? Nobody can be asked here, and there was no --yes, so nothing was changed.',
    fix: "npm run deploy -- Notes --profile 'my dev' --account 123456789012 -c a=b --all --yes   (if the answer is yes)",
  });
});

test('credentials that the person chose from a list of profiles are not typed', async () => {
  expect(await outcome([], sessionOf('profile'))).toMatchObject({ code: 'NOT_CONFIRMED' });
});

const environment = { name: 'prod', account: '123456789012', region: 'us-west-2', profile: null, confirm: 'type-name' } as const;

/** A change with `--profile`, where the environment is configured with what `its` says differently. */
function byProfile(its: Partial<TargetEnvironment>): Promise<unknown> {
  return outcome(['--profile', 'dev', '--yes'], sessionOf('profile'), false, { configuration: { ...plain, environments: [{ ...environment, ...its }] } });
}

describe('an environment whose name is to be typed', () => {
  const named = { target: { environment, namedBy: 'option' } } as const;
  const only = { target: { environment, namedBy: 'only' } } as const;

  test('is named on the command line together with --yes', async () => {
    expect(await outcome(['--env', 'prod', '--yes'], sessionOf('environment'), false, named)).toBe('confirmed');
  });

  test.each<[string, string[], Session, Partial<Run>]>([
    ['--yes alone', ['--yes'], sessionOf('environment'), only],
    ['--env alone', ['--env', 'prod'], sessionOf('environment'), named],
    ['typed credentials', [], sessionOf('prompt', true), only],
  ])('%s is no answer, and what is one is said', async (_, argv, session, more) => {
    expect(await outcome(argv, session, false, more)).toMatchObject({
      code: 'NOT_CONFIRMED', message: expect.stringContaining('the environment prod is changed only with its name: --env prod and --yes together, so nothing was changed') as string,
      fix: 'npm run deploy -- --env prod --yes   (if the answer is yes)',
    });
  });

  test.each<[string, string[], Session, boolean, Partial<Run>]>([
    ['a command that only reads', [], sessionOf('environment'), true, only],
    ['the local AWS, that a person chose instead', [], sessionOf('local'), false, only],
  ])('%s needs no answer', async (_, argv, session, reads, more) => {
    expect(await outcome(argv, session, reads, more)).toBe('confirmed');
  });

  test('is found by its account and region where a profile leads there, and by both', async () => {
    expect(await byProfile({})).toMatchObject({ code: 'NOT_CONFIRMED', fix: 'npm run deploy -- --env prod --yes   (if the answer is yes)' });
    expect(await byProfile({ region: null })).toMatchObject({ code: 'NOT_CONFIRMED' });
    expect(await byProfile({ region: 'eu-west-1' })).toBe('confirmed');
    expect(await byProfile({ account: '111111111111' })).toBe('confirmed');
    expect(await byProfile({ account: null })).toBe('confirmed');
  });
});
