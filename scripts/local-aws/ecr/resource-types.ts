import { AwsError } from '../aws-error';
import { physicalName } from '../iam/physical-name';
import type { ResourceType } from '../resource';
import { repositories, repositoryArn, repositoryUri } from './repositories';

/** @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-ecr-repository.html */
const repositoryType: ResourceType = {
  name: 'AWS::ECR::Repository',
  properties: {
    EmptyOnDelete: 'recorded', EncryptionConfiguration: 'replace', ImageScanningConfiguration: 'recorded', ImageTagMutability: 'recorded',
    ImageTagMutabilityExclusionFilters: 'recorded', LifecyclePolicy: 'recorded', RepositoryName: 'replace', RepositoryPolicyText: 'recorded', Tags: 'recorded',
  },
  async create(context, { RepositoryName }) {
    const { local, region } = context;
    const repository = { name: typeof RepositoryName === 'string' ? RepositoryName : physicalName(context, 256).toLowerCase(), region };
    const key = `${region}/${repository.name}`;
    if (repositories(local).has(key)) {
      throw new AwsError('RepositoryAlreadyExistsException', `The repository with name '${repository.name}' already exists in the registry with id '${local.account}'`);
    }
    repositories(local).set(key, repository);
    return { physicalId: repository.name, attributes: { Arn: repositoryArn(local, repository), RepositoryUri: repositoryUri(local, repository) } };
  },
  async update(_context, current) {
    return current;
  },
  async delete({ local, region }, { physicalId }) {
    repositories(local).delete(`${region}/${physicalId}`);
  },
};

export const ecrResourceTypes: readonly ResourceType[] = [repositoryType];
