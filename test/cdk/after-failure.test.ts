import { explainFailure, type FailedRun } from '../../scripts/cdk/after-failure';
import { Failure } from '../../scripts/failures/failure';

const run: FailedRun = { command: 'deploy', ending: { kind: 'exited', code: 1 }, again: 'npm run deploy -- --yes', deploys: 'npm run deploy -- --env prod', expiration: new Date('2026-11-24T12:00:00Z'), now: new Date('2026-11-24T12:05:00Z'), failsOnDifferences: false };

function refusing(code: ConstructorParameters<typeof Failure>[0]['code']): () => Promise<never> {
  return () => Promise.reject(new Failure({ code, message: 'The session of profile dev has ended.', fix: 'Run: aws sso login --profile dev' }));
}

describe('after CDK failed', () => {
  test.each(['EXPIRED_CREDENTIALS', 'SSO_LOGIN_REQUIRED'] as const)('with %s says when the session ended, that CloudFormation goes on, and how to resume', async (code) => {
    expect(await explainFailure(run, refusing(code))).toMatchObject({
      code: 'CDK_FAILED', exitCode: 1,
      message: 'cdk deploy ended with code 1, because the session ended at 2026-11-24T12:00:00.000Z. What CloudFormation has begun goes on without us.',
      fix: 'Run: aws sso login --profile dev\nThen resume: npm run deploy -- --yes',
    });
  });

  test('does not name a time that has not come, and says nothing of CloudFormation for a diff', async () => {
    const { message } = await explainFailure({ ...run, command: 'diff', now: new Date('2026-11-24T11:00:00Z') }, refusing('EXPIRED_CREDENTIALS'));
    expect(message).toBe('cdk diff ended with code 1, because the session ended.');
  });

  test('with credentials that still hold leaves it to CDK\'s own words', async () => {
    expect(await explainFailure(run, () => Promise.resolve())).toMatchObject({ message: 'cdk deploy ended with code 1. Its own output above says why; the credentials still hold.', fix: expect.stringContaining('npm run deploy -- --yes') as string });
  });

  test('does not call differences a mistake, where diff was asked to fail on them', async () => {
    expect(await explainFailure({ ...run, command: 'diff', failsOnDifferences: true }, () => Promise.resolve())).toMatchObject({
      message: 'cdk diff ended with code 1. With --fail it ends so where there are differences, and where it could not compare. Its own output above says which.',
      fix: 'Deploy the differences: npm run deploy -- --env prod',
    });
  });

  test.each([['deploy', ' What CloudFormation has begun goes on without us.'], ['diff', '']] as const)('of %s that was killed with credentials that still hold does not send anyone to renew them', async (command, goesOn) => {
    const { message } = await explainFailure({ ...run, command, ending: { kind: 'killed', signal: 'SIGKILL' } }, () => Promise.resolve());
    expect(message).toBe(`cdk ${command} was killed by SIGKILL. Its own output above says why; the credentials still hold.${goesOn}`);
  });

  test.each(['NETWORK_UNREACHABLE', 'INVALID_ACCESS_KEY'] as const)('with %s says that too, and how to resume', async (code) => {
    const { message, fix } = await explainFailure({ ...run, ending: { kind: 'killed', signal: 'SIGKILL' } }, refusing(code));
    expect(message).toMatch(/^cdk deploy was killed by SIGKILL\. .*The session of profile dev has ended\. What CloudFormation has begun goes on without us\.$/);
    expect(fix).toBe('Run: aws sso login --profile dev\nThen resume: npm run deploy -- --yes');
  });

  test('lets a bug of ours through', async () => {
    await expect(explainFailure(run, () => Promise.reject(new TypeError('bug')))).rejects.toThrow('bug');
  });
});
