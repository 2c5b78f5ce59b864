import type { TargetEnvironment } from '../../scripts/configuration/target-environment';
import { inEnvironment } from '../../scripts/flow/choose-environment';
import { Failure } from '../../scripts/failures/failure';
import type { Run } from '../../scripts/flow/run';
import type { CommandName } from '../../scripts/options/options';
import { resolveRegion } from '../../scripts/credentials/region';
import { runFor } from './run-for-test';

const dev: TargetEnvironment = { name: 'dev', account: '111111111111', region: null, profile: null, confirm: 'yes' };
const prod: TargetEnvironment = { name: 'prod', account: '222222222222', region: 'eu-west-1', profile: 'prod-admin', confirm: 'type-name' };

/** The run that the command gets, or the Failure. */
async function started(command: CommandName, argv: readonly string[], environments: readonly TargetEnvironment[]): Promise<Run | Failure> {
  const run = runFor(command, argv);
  run.interruption.stop();
  let given: Run | null = null;
  try {
    await inEnvironment(async (its) => { given = its; })({ ...run, configuration: { ...run.configuration, environments } });
  } catch (error) {
    if (error instanceof Failure) return error;
    throw error;
  }
  if (given === null) throw new Error('the command did not run');
  return given;
}

test('--env leads the run to its environment: region, profile, what is reported and what other commands repeat', async () => {
  const run = await started('deploy', ['--env', 'prod'], [dev, prod]);
  expect(run).toMatchObject({ target: { environment: prod, namedBy: 'option' }, options: { env: 'prod' }, surroundings: { target: prod }, record: { environment: 'prod' } });
  const { surroundings } = run as Run;
  expect(resolveRegion({ ...surroundings, environment: { AWS_REGION: 'us-east-1' } }, null)).toEqual({ value: 'eu-west-1', source: '--env prod' });
});

test('the only one there is is used without --env', async () => {
  expect(await started('synth', [], [prod])).toMatchObject({ target: { environment: prod, namedBy: 'only' }, options: { env: 'prod' }, record: { environment: 'prod' } });
});

test.each<[string, string[], TargetEnvironment[]]>([
  ['none are configured', [], []],
  ['--local is given', ['--local'], [dev, prod]],
  ['--local is given, with one environment', ['--local'], [prod]],
  ['--profile says itself where to go', ['--profile', 'x'], [dev, prod]],
])('no environment is chosen where %s', async (_, argv, environments) => {
  expect(await started('deploy', argv, environments)).toMatchObject({ target: null, record: { environment: null } });
});

test('several, and nobody to ask: each is listed with the command that names it', async () => {
  expect(await started('deploy', ['Notes', '--yes', '-c', 'a=b'], [dev, prod, { ...dev, name: 'lab', account: null }])).toMatchObject({
    code: 'USAGE', exitCode: 2, message: 'cdk.json has several environments, and none was named.',
    fix: [
      'Name one:',
      'npm run deploy -- Notes --env dev -c a=b --yes   (account 111111111111)',
      'npm run deploy -- Notes --env prod -c a=b --yes   (account 222222222222, eu-west-1, profile prod-admin)',
      'npm run deploy -- Notes --env lab -c a=b --yes',
    ].join('\n'),
  });
});

test.each<[string[], TargetEnvironment[], string, string]>([
  [['--env', 'prd'], [dev, prod], 'no environment "prd"', 'Did you mean prod? There are: dev, prod.'],
  [['--env', 'toString'], [dev], 'no environment "toString"', 'There are: dev.'],
  [['--env', 'prod'], [], 'has no environments', '"environments": {'],
  [['--env', 'prod', '--region', 'us-west-2'], [prod], 'for region eu-west-1, and --region says us-west-2', 'Leave --region out'],
  [['--env', 'prod', '--account', '111111111111'], [prod], 'for account 222222222222, and --account says 111111111111', 'Leave --account out'],
  [['--account', '111111111111'], [prod], 'for account 222222222222, and --account says 111111111111', 'another environment'],
])('%j is a usage error', async (argv, environments, message, fix) => {
  expect(await started('deploy', argv, environments)).toMatchObject({ code: 'USAGE', message: expect.stringContaining(message) as string, fix: expect.stringContaining(fix) as string });
});

test('options that say the same, or what the environment leaves open, are fine', async () => {
  expect(await started('deploy', ['--env', 'prod', '--region', 'eu-west-1', '--account', '222222222222'], [prod])).toMatchObject({ target: { environment: prod } });
  expect(await started('deploy', ['--env', 'dev', '--region', 'eu-west-1'], [dev])).toMatchObject({ target: { environment: dev } });
});
