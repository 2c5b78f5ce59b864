import { members, obeyedTags, recordedTags, type Shape } from '../shape';

const transition = members('recorded', 'StorageClass', 'TransitionDate', 'TransitionInDays');
const noncurrentTransition = members('recorded', 'NewerNoncurrentVersions', 'StorageClass', 'TransitionInDays');

const lifecycleRule: Shape = {
  ...members(
    'recorded', 'ExpirationDate', 'ExpirationInDays', 'ExpiredObjectDeleteMarker', 'Id', 'NoncurrentVersionExpirationInDays', 'ObjectSizeGreaterThan',
    'ObjectSizeLessThan', 'Prefix', 'Status',
  ),
  AbortIncompleteMultipartUpload: members('recorded', 'DaysAfterInitiation'),
  NoncurrentVersionExpiration: members('recorded', 'NewerNoncurrentVersions', 'NoncurrentDays'),
  NoncurrentVersionTransition: noncurrentTransition,
  NoncurrentVersionTransitions: noncurrentTransition,
  TagFilters: recordedTags,
  Transition: transition,
  Transitions: transition,
};

/** What the properties of a bucket may hold. */
export const bucketShapes: Readonly<Record<string, Shape>> = {
  BucketEncryption: {
    ServerSideEncryptionConfiguration: {
      BucketKeyEnabled: 'obeyed',
      ServerSideEncryptionByDefault: members('obeyed', 'KMSMasterKeyID', 'SSEAlgorithm'),
    },
  },
  CorsConfiguration: { CorsRules: members('recorded', 'AllowedHeaders', 'AllowedMethods', 'AllowedOrigins', 'ExposedHeaders', 'Id', 'MaxAge') },
  IntelligentTieringConfigurations: { ...members('recorded', 'Id', 'Prefix', 'Status'), TagFilters: recordedTags, Tierings: members('recorded', 'AccessTier', 'Days') },
  LifecycleConfiguration: { Rules: lifecycleRule, TransitionDefaultMinimumObjectSize: 'recorded' },
  LoggingConfiguration: {
    ...members('recorded', 'DestinationBucketName', 'LogFilePrefix'),
    TargetObjectKeyFormat: { SimplePrefix: 'recorded', PartitionedPrefix: members('recorded', 'PartitionDateSource') },
  },
  MetricsConfigurations: { ...members('recorded', 'AccessPointArn', 'Id', 'Prefix'), TagFilters: recordedTags },
  OwnershipControls: { Rules: members('recorded', 'ObjectOwnership') },
  PublicAccessBlockConfiguration: members('recorded', 'BlockPublicAcls', 'BlockPublicPolicy', 'IgnorePublicAcls', 'RestrictPublicBuckets'),
  Tags: obeyedTags,
  VersioningConfiguration: members('obeyed', 'Status'),
};
