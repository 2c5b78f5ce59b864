import { leadingTo, npmRun, sameCommand, sameOptions } from '../../scripts/flow/same-command';
import type { CommandName } from '../../scripts/options/options';
import { parseOptions } from '../../scripts/options/parse';
import { sessionOf } from './run-for-test';

test.each<[CommandName, string[], string]>([
  ['deploy', [], 'npm run deploy -- --yes'],
  ['deploy', ['--local', '--region', 'eu-west-1'], 'npm run deploy -- --local --region eu-west-1 --yes'],
  ['deploy', ['--env', 'prod', '--region', 'eu-west-1'], 'npm run deploy -- --env prod --region eu-west-1 --yes'],
  ['deploy', ['Prod/*', '!Prod/Api', '--assembly', 'my out'], "npm run deploy -- 'Prod/*' '!Prod/Api' --assembly 'my out' --yes"],
  ['deploy', ['--exclusively', '--unstable', 'x', 'Notes', '--hotswap'], 'npm run deploy -- Notes --exclusively --unstable x --unstable x --hotswap --yes'],
  ['deploy', ['--parameters', 'Password=hunter2', '--parameters=Notes:Key=a=b'], 'npm run deploy -- --parameters Password=... --parameters=Notes:Key=... --yes'],
  ['bootstrap', ['aws://123456789012/eu-west-1'], 'npm run bootstrap -- aws://123456789012/eu-west-1 --yes'],
  ['call', ['POST', '/notes?a=b', '--data', `{"text":"it's"}`, '--stack', 'Notes'], String.raw`npm run call -- POST '/notes?a=b' --data '{"text":"it'\''s"}' --stack Notes --yes`],
])('%s %j', (command, argv, expected) => {
  expect(sameCommand(parseOptions(command, argv), '--yes')).toBe(expected);
});

test('the options that lead to the same account, and to another region', () => {
  expect(sameOptions({ local: false, profile: 'dev', region: 'us-west-2' })).toBe('--profile dev --region us-west-2');
  expect(sameOptions({ local: false, profile: 'dev', region: 'us-west-2' }, 'eu-west-1')).toBe('--profile dev --region eu-west-1');
  expect(sameOptions({ local: true })).toBe('--local');
  expect(sameOptions({ local: false, env: 'prod', profile: 'dev' })).toBe('--env prod');
});

test.each([
  ['given by option', ['--profile', 'dev'], sessionOf('profile'), '--profile dev'],
  ['chosen from the list', [], { ...sessionOf('profile'), chosenProfile: 'my dev' }, "--profile 'my dev'"],
  ['local, by choice', [], sessionOf('local'), '--local'],
  ['of a region that was asked', [], { ...sessionOf('environment'), region: { value: 'eu-west-1', source: 'prompt' } }, '--region eu-west-1'],
  ['of an environment of cdk.json', ['--env', 'prod'], { ...sessionOf('profile'), chosenProfile: 'dev' }, '--env prod'],
  ['local, in place of those of an environment', ['--env', 'prod'], sessionOf('local'), '--local'],
  ['of the environment', [], sessionOf('environment'), ''],
])('another command is led to credentials %s', (_, argv, session, expected) => {
  expect(leadingTo(parseOptions('deploy', argv), session)).toBe(expected);
});

test('a command without options has no dashes', () => {
  expect(npmRun('destroy', '')).toBe('npm run destroy');
  expect(npmRun('call', '', 'GET /notes')).toBe('npm run call -- GET /notes');
});
