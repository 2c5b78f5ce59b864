import { unsupported } from '../aws-error';
import { onlyMembers } from '../json-request';
import { jsonService } from '../json-service';
import type { JsonObject } from '../resource';
import type { LocalAws, LocalRequest, Service } from '../service';
import { getRepository, repositories, repositoryArn, repositoryUri, type Repository } from './repositories';

/** Repositories are there, images are not: whatever would push or pull one is refused. https://docs.aws.amazon.com/AmazonECR/latest/APIReference/ */
export function ecrService(local: LocalAws): Service {
  return jsonService(local, 'ecr', new Map([['DescribeRepositories', describeRepositories]]), '; container images need Docker and a registry');
}

function describeRepositories(local: LocalAws, request: LocalRequest, input: JsonObject): object {
  onlyMembers('ecr:DescribeRepositories', input, ['repositoryNames', 'registryId']);
  if (input['registryId'] !== undefined && input['registryId'] !== local.account) throw unsupported('ECR registries of other accounts');
  const { repositoryNames } = input;
  const names = Array.isArray(repositoryNames) ? repositoryNames.map(String) : null;
  for (const name of names ?? ['*']) request.authorize('ecr:DescribeRepositories', repositoryArn(local, request.region, name));
  const found = names === null ? [...repositories(local).values()].filter(({ region }) => region === request.region) : names.map((name) => getRepository(local, request.region, name));
  return { repositories: found.map((repository) => described(local, repository)) };
}

function described(local: LocalAws, repository: Repository): object {
  return {
    registryId: local.account,
    repositoryName: repository.name,
    repositoryArn: repositoryArn(local, repository.region, repository.name),
    repositoryUri: repositoryUri(local, repository),
    createdAt: repository.created,
    imageTagMutability: repository.mutability,
    imageScanningConfiguration: { scanOnPush: repository.scanOnPush ?? false },
    encryptionConfiguration: { encryptionType: repository.encryption?.type ?? 'AES256', kmsKey: repository.encryption?.key ?? undefined },
  };
}
