import { tableArn, tableName } from '../../dynamodb/tables';
import { repositoryArn, repositoryName } from '../../ecr/repositories';
import { logGroupArn, logGroupName } from '../../logs/log-groups';
import { requiredText } from '../../properties';
import { bucketName } from '../../s3/buckets';
import { parameterArn, parameterName } from '../../ssm/parameters';
import { each, type Permissions } from './permissions';

export const tablePermissions: Permissions = {
  service: ['DynamoDb', 'dynamodb', 400],
  name: tableName,
  resource: ({ context: { local, region }, id }) => tableArn(local, region, id),
  create: ['CreateTable', 'DescribeTable'],
  update: ['DescribeTable'],
  delete: ['DeleteTable', 'DescribeTable'],
  properties: { PointInTimeRecoverySpecification: ['UpdateContinuousBackups'], Tags: ['TagResource', 'UntagResource'] },
  tagged: ['CreateTable'],
  changes: each(['AttributeDefinitions', 'BillingMode', 'GlobalSecondaryIndexes', 'LocalSecondaryIndexes', 'ProvisionedThroughput', 'SSESpecification', 'TableClass'], 'UpdateTable'),
};

/** It is tagged with the stack's name at creation, whatever the template says. */
export const logGroupPermissions: Permissions = {
  service: ['CloudWatchLogs', 'logs', 400],
  name: logGroupName,
  resource({ context: { local, region }, id }, action) {
    if (action === 'DescribeLogGroups') return `${logGroupArn(local, region, '')}:*`;
    const arn = logGroupArn(local, region, id);
    return /tag/i.test(action) ? arn : `${arn}:*`;
  },
  create: ['CreateLogGroup', 'TagResource', 'DescribeLogGroups'],
  update: ['DescribeLogGroups'],
  delete: ['DescribeLogGroups', 'DeleteLogGroup'],
  properties: { RetentionInDays: ['PutRetentionPolicy', 'DeleteRetentionPolicy'] },
  changes: { KmsKeyId: ['AssociateKmsKey', 'DisassociateKmsKey'], Tags: ['TagResource', 'UntagResource'] },
  tagged: ['CreateLogGroup'],
};

/** It is tagged with the stack's name at creation, whatever the template says. */
export const parameterPermissions: Permissions = {
  service: ['Ssm', 'ssm', 400],
  name: parameterName,
  resource: ({ context: { local, region }, id }) => parameterArn(local, region, id),
  create: ['PutParameter', 'AddTagsToResource', 'GetParameters'],
  update: ['PutParameter', 'GetParameters'],
  delete: ['DeleteParameter'],
  changes: { Tags: ['AddTagsToResource', 'RemoveTagsFromResource'] },
  tagged: ['PutParameter'],
};

/** It is tagged with the stack's name at creation, whatever the template says. */
export const bucketPermissions: Permissions = {
  service: ['S3', 's3', 403],
  name: bucketName,
  resource: ({ id }) => `arn:aws:s3:::${id}`,
  create: ['CreateBucket', 'PutBucketTagging', 'ListBucket'],
  update: ['ListBucket'],
  delete: ['ListBucket', 'DeleteBucket'],
  properties: {
    AccessControl: ['PutBucketAcl'],
    BucketEncryption: ['PutEncryptionConfiguration'],
    CorsConfiguration: ['PutBucketCORS'],
    IntelligentTieringConfigurations: ['PutIntelligentTieringConfiguration'],
    LifecycleConfiguration: ['PutLifecycleConfiguration'],
    LoggingConfiguration: ['PutBucketLogging'],
    MetricsConfigurations: ['PutMetricsConfiguration'],
    OwnershipControls: ['PutBucketOwnershipControls'],
    PublicAccessBlockConfiguration: ['PutBucketPublicAccessBlock'],
    VersioningConfiguration: ['PutBucketVersioning'],
  },
  changes: { Tags: ['PutBucketTagging'] },
};

export const bucketPolicyPermissions: Permissions = {
  service: ['S3', 's3', 403],
  resource: ({ properties }) => `arn:aws:s3:::${requiredText(properties, 'Bucket')}`,
  create: ['GetBucketPolicy', 'PutBucketPolicy'],
  update: ['GetBucketPolicy', 'PutBucketPolicy'],
  delete: ['GetBucketPolicy', 'DeleteBucketPolicy'],
};

/** It is tagged with the stack's name at creation, whatever the template says. */
export const repositoryPermissions: Permissions = {
  service: ['Ecr', 'ecr', 400],
  name: repositoryName,
  resource: ({ context: { local, region }, id }) => repositoryArn(local, region, id),
  create: ['CreateRepository', 'TagResource'],
  update: ['DescribeRepositories'],
  delete: ['DeleteRepository'],
  properties: { LifecyclePolicy: ['PutLifecyclePolicy', 'DeleteLifecyclePolicy'], RepositoryPolicyText: ['SetRepositoryPolicy', 'DeleteRepositoryPolicy'] },
  changes: {
    ImageScanningConfiguration: ['PutImageScanningConfiguration'],
    ...each(['ImageTagMutability', 'ImageTagMutabilityExclusionFilters'], 'PutImageTagMutability'),
    Tags: ['TagResource', 'UntagResource'],
  },
  tagged: ['CreateRepository'],
};
