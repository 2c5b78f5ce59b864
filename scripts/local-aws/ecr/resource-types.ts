import { AwsError } from '../aws-error';
import { objectProperty, textProperty } from '../properties';
import type { JsonObject, ResourceType } from '../resource';
import { members, recordedTags } from '../shape';
import { getRepository, repositories, repositoryArn, repositoryName, repositoryUri, type Repository } from './repositories';

/** @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-ecr-repository.html */
const repositoryType: ResourceType = {
  name: 'AWS::ECR::Repository',
  properties: {
    EmptyOnDelete: 'recorded', EncryptionConfiguration: 'replace', ImageScanningConfiguration: 'update', ImageTagMutability: 'update',
    ImageTagMutabilityExclusionFilters: 'recorded', LifecyclePolicy: 'recorded', RepositoryName: 'replace', RepositoryPolicyText: 'recorded', Tags: 'recorded',
  },
  // There are no images to encrypt, to scan or to expire.
  shapes: {
    EncryptionConfiguration: members('recorded', 'EncryptionType', 'KmsKey'),
    ImageScanningConfiguration: members('recorded', 'ScanOnPush'),
    ImageTagMutabilityExclusionFilters: members('recorded', 'ImageTagMutabilityExclusionFilterType', 'ImageTagMutabilityExclusionFilterValue'),
    LifecyclePolicy: members('recorded', 'LifecyclePolicyText', 'RegistryId'),
    Tags: recordedTags,
  },
  tagging: { form: 'list', system: true },
  async create(context, properties) {
    const { local, region } = context;
    const name = repositoryName(context, properties);
    if (!/^(?:[a-z0-9]+(?:[._-]+[a-z0-9]+)*\/)*[a-z0-9]+(?:[._-]+[a-z0-9]+)*$/.test(name)) {
      throw new AwsError('InvalidParameterException', `Invalid parameter at 'repositoryName' failed to satisfy constraint: 'must satisfy regular expression '(?:[a-z0-9]+(?:[._-][a-z0-9]+)*/)*[a-z0-9]+(?:[._-][a-z0-9]+)*''`);
    }
    const repository: Repository = { name, region, created: Date.now() / 1000, ...changeable(properties), encryption: encryptionOf(properties) };
    const key = `${region}/${name}`;
    if (repositories(local).has(key)) throw new AwsError('RepositoryAlreadyExistsException', `The repository with name '${name}' already exists in the registry with id '${local.account}'`);
    repositories(local).set(key, repository);
    return { physicalId: name, attributes: { Arn: repositoryArn(local, region, name), RepositoryUri: repositoryUri(local, repository) } };
  },
  async update({ local, region }, current, _before, after) {
    Object.assign(getRepository(local, region, current.physicalId), changeable(after));
    return current;
  },
  async delete({ local, region }, { physicalId }) {
    repositories(local).delete(`${region}/${physicalId}`);
  },
};

function changeable(properties: JsonObject): Pick<Repository, 'mutability' | 'scanOnPush'> {
  return { mutability: textProperty(properties, 'ImageTagMutability') ?? 'MUTABLE', scanOnPush: textProperty(objectProperty(properties, 'ImageScanningConfiguration'), 'ScanOnPush') === 'true' };
}

function encryptionOf(properties: JsonObject): NonNullable<Repository['encryption']> {
  const configuration = objectProperty(properties, 'EncryptionConfiguration');
  return { type: textProperty(configuration, 'EncryptionType') ?? 'AES256', key: textProperty(configuration, 'KmsKey') };
}

export const ecrResourceTypes: readonly ResourceType[] = [repositoryType];
