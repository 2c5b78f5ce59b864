import { checkBootstrap, checkBootstrapOfStacks, type BootstrappedStack, type BootstrapSubject, type BootstrapVersion } from '../../scripts/checks/bootstrap';
import { Failure } from '../../scripts/failures/failure';

const asked: string[] = [];
const askedThrough: (readonly string[])[] = [];

function subject(answers: Readonly<Record<string, BootstrapVersion | Error>>): BootstrapSubject {
  return {
    account: '123456789012',
    region: 'us-west-2',
    partition: 'aws',
    readVersion: async (parameter, { account, region }, roles) => {
      asked.push(`${account === '123456789012' ? '' : `${account} `}${region} ${parameter}`);
      askedThrough.push(roles);
      const answer = answers[region] ?? new Error(`not expected: ${region}`);
      if (answer instanceof Error) throw answer;
      return answer;
    },
    command: ({ account, region }) => `npm run bootstrap -- aws://${account}/${region}`,
  };
}

beforeEach(() => {
  asked.length = 0;
  askedThrough.length = 0;
});

function stack(id: string, region: string | null, version: number | null, parameter = '/cdk-bootstrap/hnb659fds/version'): BootstrappedStack {
  return { id, account: null, region, bootstrap: version === null ? null : { parameter, version }, roles: ['arn:aws:iam::123456789012:role/reader'] };
}

const version = (number: number): BootstrapVersion => ({ kind: 'version', version: number });
const unreachable = new Failure({ code: 'NETWORK_UNREACHABLE', message: 'It refuses connections.', fix: 'Look at the network.' });

test.each([6, 28])('version %d is enough', async (number) => {
  expect(await checkBootstrap(subject({ 'us-west-2': version(number) }), 'mine')).toEqual({ id: 'bootstrap', status: 'pass', message: `version ${number} in us-west-2`, fix: null });
  expect(asked).toEqual(['us-west-2 /cdk-bootstrap/mine/version']);
  expect(askedThrough).toEqual([['arn:aws:iam::123456789012:role/cdk-mine-lookup-role-123456789012-us-west-2', 'arn:aws:iam::123456789012:role/cdk-mine-deploy-role-123456789012-us-west-2']]);
});

test.each<[BootstrapVersion, RegExp]>([[{ kind: 'absent' }, /not bootstrapped for CDK in us-west-2.*\/cdk-bootstrap\/mine\/version/], [version(5), /version 5, and CDK needs 6/]])('%j fails with the command', async (answer, message) => {
  expect(await checkBootstrap(subject({ 'us-west-2': answer }), 'mine')).toMatchObject({
    status: 'fail', code: 'NOT_BOOTSTRAPPED', message: expect.stringMatching(message) as string, fix: 'npm run bootstrap -- aws://123456789012/us-west-2   (makes aws://123456789012/us-west-2 ready for CDK)',
  });
});

test('what cannot be told is a warning with its reason', async () => {
  expect(await checkBootstrap(subject({ 'us-west-2': { kind: 'unknown', why: 'these credentials may not read it' } }), 'mine'))
    .toMatchObject({ status: 'warn', message: expect.stringContaining('in us-west-2: these credentials may not read it.') as string });
});

test('where AWS does not answer the check has failed with that code', async () => {
  expect(await checkBootstrap(subject({ 'us-west-2': unreachable }), 'mine')).toEqual({
    id: 'bootstrap', status: 'fail', code: 'NETWORK_UNREACHABLE', message: 'It refuses connections.', fix: 'Look at the network.',
  });
});

test('a bug of ours is no result', async () => {
  await expect(checkBootstrap(subject({ 'us-west-2': new TypeError('a bug') }), 'mine')).rejects.toThrow('a bug');
});

test('stacks without a bootstrap skip it', async () => {
  expect(await checkBootstrapOfStacks(subject({}), [stack('A', null, null)])).toMatchObject({ result: { status: 'skip', message: expect.stringContaining('no stack') as string }, missing: [] });
  expect(asked).toEqual([]);
});

test('each parameter is read once in each region, and each region named once', async () => {
  const stacks = [stack('A', null, 6), stack('B', 'us-west-2', 21), stack('C', 'eu-west-1', 6), stack('D', 'eu-west-1', 6, '/other')];
  expect(await checkBootstrapOfStacks(subject({ 'us-west-2': version(21), 'eu-west-1': version(28) }), stacks)).toMatchObject({ result: { status: 'pass', message: 'version 21 in us-west-2, version 28 in eu-west-1' }, missing: [] });
  expect(asked).toEqual(['us-west-2 /cdk-bootstrap/hnb659fds/version', 'eu-west-1 /cdk-bootstrap/hnb659fds/version', 'eu-west-1 /other']);
});

test('a stack that needs more fails by name, with the region in the command', async () => {
  const stacks = [stack('A', null, 6), stack('B', 'eu-west-1', 30)];
  expect(await checkBootstrapOfStacks(subject({ 'us-west-2': version(21), 'eu-west-1': version(28) }), stacks)).toMatchObject({
    result: { status: 'fail', message: 'The bootstrap of 123456789012 in eu-west-1 has version 28, and B needs 30.', fix: 'npm run bootstrap -- aws://123456789012/eu-west-1   (makes aws://123456789012/eu-west-1 ready for CDK)' },
    missing: [{ account: '123456789012', region: 'eu-west-1', qualifier: 'hnb659fds' }],
  });
});

test('a failure counts more than a doubt, and of several failures none goes unheard', async () => {
  const stacks = [stack('A', null, 6), stack('B', 'eu-west-1', 6), stack('C', 'eu-north-1', 6)];
  const { result, missing } = await checkBootstrapOfStacks(subject({ 'us-west-2': { kind: 'unknown', why: 'it may not' }, 'eu-west-1': unreachable, 'eu-north-1': unreachable }), stacks);
  expect(result).toMatchObject({ status: 'fail', code: 'NETWORK_UNREACHABLE' });
  expect(missing).toEqual([]);
});

test('another account is asked through the roles of its stack, and named', async () => {
  const foreign = { ...stack('F', 'eu-west-1', 6), account: '111122223333', roles: ['arn:aws:iam::111122223333:role/deploy'] };
  expect(await checkBootstrapOfStacks(subject({ 'us-west-2': version(28), 'eu-west-1': version(28) }), [stack('A', null, 6), foreign])).toMatchObject({ result: { status: 'pass', message: 'version 28 in us-west-2, version 28 in eu-west-1 of 111122223333' } });
  expect(asked).toEqual(['us-west-2 /cdk-bootstrap/hnb659fds/version', '111122223333 eu-west-1 /cdk-bootstrap/hnb659fds/version']);
  expect(askedThrough[1]).toEqual(['arn:aws:iam::111122223333:role/deploy']);
});

test('a bootstrap that several stacks miss is named once, one of another qualifier for itself', async () => {
  const { missing } = await checkBootstrapOfStacks(subject({ 'us-west-2': { kind: 'absent' } }), [stack('A', null, 6), stack('B', 'us-west-2', 6, '/cdk-bootstrap/mine/version'), stack('C', null, 6), stack('D', null, 6, '/other')]);
  expect(missing.map(({ qualifier }) => qualifier)).toEqual(['hnb659fds', 'mine', null]);
});
