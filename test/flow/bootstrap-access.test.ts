import type { AssemblyStack } from '../../scripts/assembly/assembly';
import { bootstrapAccess } from '../../scripts/flow/bootstrap-access';
import { seeToBootstraps } from '../../scripts/flow/bootstrap-first';
import type { Run } from '../../scripts/flow/run';
import { runFor, sessionOf } from './run-for-test';

const run = runFor('deploy', ['--profile', 'my dev']);
afterAll(() => { run.interruption.stop(); });

const own = { account: '123456789012', region: 'us-west-2', qualifier: 'hnb659fds' };
const foreign = { ...own, account: '111122223333', region: 'eu-west-1' };
const prod = { name: 'prod', account: '111122223333', region: 'eu-west-1', profile: null, confirm: 'yes' } as const;
const withEnvironment: Run = { ...run, configuration: { ...run.configuration, environments: [prod] } };

function commandFor(place: typeof own, its: Run = run): string {
  return bootstrapAccess(its, sessionOf('profile')).subject.command(place);
}

test('the command leads to the place: with the credentials of the run, or of the environment that is there', () => {
  expect(commandFor(own)).toBe("npm run bootstrap -- --profile 'my dev'");
  expect(commandFor({ ...own, region: 'eu-west-1' })).toBe("npm run bootstrap -- --profile 'my dev' aws://123456789012/eu-west-1");
  expect(commandFor(foreign)).toBe('npm run bootstrap -- aws://111122223333/eu-west-1');
  expect(commandFor(foreign, withEnvironment)).toBe('npm run bootstrap -- --env prod aws://111122223333/eu-west-1');
});

test('the resources of another qualifier than the app\'s have a stack of their own', () => {
  expect(commandFor({ ...own, qualifier: 'mine' })).toBe("npm run bootstrap -- --profile 'my dev' --qualifier mine --toolkit-stack-name CDKToolkit-mine");
});

const stack: AssemblyStack = {
  id: 'A', name: 'A', account: '111122223333', region: null, bootstrap: { parameter: '/cdk-bootstrap/mine/version', version: 6 }, templateFile: '/x',
  deployRoleArn: 'arn:${AWS::Partition}:iam::111122223333:role/deploy-${AWS::Region}', lookupRoleArn: 'arn:${AWS::Partition}:iam::${AWS::AccountId}:role/lookup',
};

test('the roles of a manifest are filled in with the place of the stack', () => {
  const access = bootstrapAccess(run, sessionOf('profile'));
  expect(access.bootstrapped(stack).roles).toEqual(['arn:aws:iam::111122223333:role/lookup', 'arn:aws:iam::111122223333:role/deploy-us-west-2']);
  expect(access.placed([stack, { ...stack, account: null }]).stacks).toEqual([{ id: 'A', account: '111122223333', region: 'us-west-2', qualifier: 'mine', deployRole: 'arn:aws:iam::111122223333:role/deploy-us-west-2' }]);
});

test('another account\'s trust is given there, with what it may do', () => {
  const { stacks: [placed], trustCommand } = bootstrapAccess(withEnvironment, sessionOf('profile')).placed([{ ...stack, bootstrap: null }]);
  if (placed === undefined) throw new Error('the stack is not placed');
  expect(trustCommand(placed)).toBe('npm run bootstrap -- --env prod aws://111122223333/us-west-2 --trust 123456789012 --cloudformation-execution-policies arn:aws:iam::aws:policy/AdministratorAccess');
});

test('a bootstrap of another account is left to its credentials, also where a person could be asked', async () => {
  expect(await seeToBootstraps({ ...run, canAsk: true }, sessionOf('profile'), [foreign])).toBe(false);
});
