import { openServedAws, type ServedAws } from '../served-aws';

let served: ServedAws;
beforeAll(async () => { served = await openServedAws(); });
afterAll(() => served.close());

const target = 'AmazonEC2ContainerRegistry_V20150921';
const repositories = (input: object = {}) => served.json('ecr', `${target}.DescribeRepositories`, input);
const stack = (properties: object) => ({ Repository: { Type: 'AWS::ECR::Repository', Properties: properties } });

test('describes the repository of a stack, until the stack is gone', async () => {
  expect((await repositories()).body).toEqual({ repositories: [] });
  expect(await served.deploy(stack({ RepositoryName: 'team/app', ImageTagMutability: 'IMMUTABLE' }))).toBe('CREATE_COMPLETE');
  const described = {
    repositories: [{
      registryId: '000000000000', repositoryName: 'team/app', repositoryArn: 'arn:aws:ecr:us-west-2:000000000000:repository/team/app',
      repositoryUri: '000000000000.dkr.ecr.us-west-2.amazonaws.com/team/app', createdAt: expect.any(Number) as number, imageTagMutability: 'IMMUTABLE', imageScanningConfiguration: { scanOnPush: false }, encryptionConfiguration: { encryptionType: 'AES256' },
    }],
  };
  expect((await repositories()).body).toEqual(described);
  expect((await repositories({ repositoryNames: ['team/app'] })).body).toEqual(described);
  expect(await served.deploy(stack({ RepositoryName: 'team/app' }))).toBe('UPDATE_COMPLETE');
  expect((await repositories()).body).toMatchObject({ repositories: [{ imageTagMutability: 'MUTABLE' }] });
  expect(await served.deploy(stack({ RepositoryName: 'Not Allowed' }))).toBe('UPDATE_ROLLBACK_COMPLETE');
  expect(await served.deploy(stack({ RepositoryName: 'other' }))).toBe('UPDATE_COMPLETE');
  expect(await repositories({ repositoryNames: ['team/app'] })).toMatchObject({ status: 400, body: { __type: 'RepositoryNotFoundException' } });
  await served.destroy();
  expect((await repositories()).body).toEqual({ repositories: [] });
});

test.each([
  ['GetAuthorizationToken', {}, 'GetAuthorizationToken'],
  ['DescribeRepositories', { maxResults: 1 }, 'maxResults'],
  ['DescribeRepositories', { registryId: '123456789012' }, 'other accounts'],
])('refuses %s with %j, which it does not model', async (action, input, why) => {
  expect(await served.json('ecr', `${target}.${action}`, input)).toMatchObject({ status: 501, body: { __type: 'UnsupportedOperation', message: expect.stringContaining(why) as string } });
});
