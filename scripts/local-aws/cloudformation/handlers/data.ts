import { logGroupArn } from '../../logs/log-groups';
import { physicalName } from '../../physical-name';
import { requiredText, textProperty } from '../../properties';
import { parameterArn } from '../../ssm/parameters';
import { each, named, type Permissions } from './permissions';

export const tablePermissions: Permissions = {
  service: ['DynamoDb', 'dynamodb', 400],
  name: named('TableName', 255),
  resource: ({ context: { local, region }, id }) => `arn:aws:dynamodb:${region}:${local.account}:table/${id}`,
  create: ['CreateTable', 'DescribeTable'],
  update: ['DescribeTable'],
  delete: ['DeleteTable', 'DescribeTable'],
  properties: { PointInTimeRecoverySpecification: ['UpdateContinuousBackups'], Tags: ['TagResource', 'UntagResource'] },
  changes: each(['AttributeDefinitions', 'BillingMode', 'GlobalSecondaryIndexes', 'LocalSecondaryIndexes', 'ProvisionedThroughput', 'SSESpecification', 'TableClass'], 'UpdateTable'),
};

/** It is tagged with the stack's name at creation, whatever the template says. */
export const logGroupPermissions: Permissions = {
  service: ['CloudWatchLogs', 'logs', 400],
  name: named('LogGroupName', 512),
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
};

/** It is tagged with the stack's name at creation, whatever the template says. */
export const parameterPermissions: Permissions = {
  service: ['Ssm', 'ssm', 400],
  name: (context, properties) => textProperty(properties, 'Name') ?? physicalName({ ...context, stackName: 'CFN' }, 255),
  resource: ({ context: { local, region }, id }) => parameterArn(local, region, id),
  create: ['PutParameter', 'AddTagsToResource', 'GetParameters'],
  update: ['PutParameter', 'GetParameters'],
  delete: ['DeleteParameter'],
  changes: { Tags: ['AddTagsToResource', 'RemoveTagsFromResource'] },
};

/** It is tagged with the stack's name at creation, whatever the template says. */
export const bucketPermissions: Permissions = {
  service: ['S3', 's3', 403],
  name: (context, properties) => textProperty(properties, 'BucketName') ?? physicalName(context, 63).toLowerCase(),
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
  name: (context, properties) => textProperty(properties, 'RepositoryName') ?? physicalName(context, 256).toLowerCase(),
  resource: ({ context: { local, region }, id }) => `arn:aws:ecr:${region}:${local.account}:repository/${id}`,
  create: ['CreateRepository', 'TagResource'],
  update: ['DescribeRepositories'],
  delete: ['DeleteRepository'],
  properties: { LifecyclePolicy: ['PutLifecyclePolicy', 'DeleteLifecyclePolicy'], RepositoryPolicyText: ['SetRepositoryPolicy', 'DeleteRepositoryPolicy'] },
  changes: {
    ImageScanningConfiguration: ['PutImageScanningConfiguration'],
    ...each(['ImageTagMutability', 'ImageTagMutabilityExclusionFilters'], 'PutImageTagMutability'),
    Tags: ['TagResource', 'UntagResource'],
  },
};
