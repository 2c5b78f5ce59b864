import { DescribeRepositoriesCommand, ECRClient, GetAuthorizationTokenCommand, RepositoryNotFoundException } from '@aws-sdk/client-ecr';
import { date, openProof, refusal } from './proof';

const proof = openProof();
const ecr = proof.watch(new ECRClient(proof.init));

const repository = (RepositoryName: string) => ({ Type: 'AWS::ECR::Repository', Properties: { RepositoryName, EncryptionConfiguration: { EncryptionType: 'KMS', KmsKey: 'alias/it' }, ImageScanningConfiguration: { ScanOnPush: true } } });

// The API reference's example, as AWS publishes it with botocore: botocore/data/ecr/2015-09-21/examples-1.json
test('DescribeRepositories', async () => {
  expect((await ecr.send(new DescribeRepositoriesCommand({}))).repositories).toEqual([]);
  expect(await proof.deploy({ Ubuntu: repository('ubuntu'), Test: repository('test') })).toBe('CREATE_COMPLETE');
  const { repositories } = await ecr.send(new DescribeRepositoriesCommand({ registryId: '000000000000', repositoryNames: ['ubuntu', 'test'] }));
  expect(repositories).toEqual(['ubuntu', 'test'].map((repositoryName) => ({
    registryId: '000000000000', repositoryName, repositoryArn: `arn:aws:ecr:us-west-2:000000000000:repository/${repositoryName}`,
    repositoryUri: `000000000000.dkr.ecr.us-west-2.amazonaws.com/${repositoryName}`, createdAt: date, imageTagMutability: 'MUTABLE',
    imageScanningConfiguration: { scanOnPush: true }, encryptionConfiguration: { encryptionType: 'KMS', kmsKey: 'alias/it' },
  })));
});

test('errors', async () => {
  await expect(ecr.send(new DescribeRepositoriesCommand({ repositoryNames: ['none'] }))).rejects.toBeInstanceOf(RepositoryNotFoundException);
  expect(await refusal(ecr.send(new DescribeRepositoriesCommand({ repositoryNames: ['none'] })))).toEqual(['RepositoryNotFoundException', 400]);
  expect(await refusal(ecr.send(new GetAuthorizationTokenCommand({})))).toEqual(['UnsupportedOperation', 501]);
});
