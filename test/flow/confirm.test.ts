import { confirmed } from '../../scripts/flow/confirm';
import type { Session } from '../../scripts/flow/session';
import { runFor, sessionOf } from './run-for-test';

const question = { text: 'Deploy to account 123456789012 in us-west-2?', reads: false };

async function outcome(argv: readonly string[], session: Session, reads = false): Promise<unknown> {
  const run = runFor('deploy', argv);
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
