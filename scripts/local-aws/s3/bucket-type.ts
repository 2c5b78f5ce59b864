import { isJsonObject } from '../../configuration/json-object';
import { AwsError, unsupported } from '../aws-error';
import { tagsProperty, textProperty } from '../properties';
import type { JsonObject, ResourceContext, ResourceState, ResourceType } from '../resource';
import { bucketShapes } from './bucket-shapes';
import { bucketName, buckets, createBucket, defaultEncryption, getBucket, type BucketRecord } from './buckets';
import { deleteBucket } from './delete-bucket';

/** @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-s3-bucket.html */
export const bucketType: ResourceType = {
  name: 'AWS::S3::Bucket',
  properties: {
    // There is one account, and every request is signed: nothing is public, with or without these.
    AccessControl: 'recorded',
    BucketEncryption: 'update',
    BucketName: 'replace',
    // The front refuses browsers.
    CorsConfiguration: 'recorded',
    IntelligentTieringConfigurations: 'recorded',
    // Nothing expires here.
    LifecycleConfiguration: 'recorded',
    LoggingConfiguration: 'recorded',
    MetricsConfigurations: 'recorded',
    OwnershipControls: 'recorded',
    PublicAccessBlockConfiguration: 'recorded',
    Tags: 'update',
    VersioningConfiguration: 'update',
  },
  shapes: bucketShapes,
  tagging: { form: 'list', system: true },
  create: async (context, properties) => create(context, properties),
  update: async ({ local }, { physicalId }, _before, after) => {
    const bucket = getBucket(local, physicalId);
    Object.assign(bucket, settingsOf(after, bucket));
    return stateOf(bucket);
  },
  delete: async ({ local }, { physicalId }) => {
    if (buckets(local).has(physicalId)) deleteBucket(local, physicalId);
  },
};

function create(context: ResourceContext, properties: JsonObject): ResourceState {
  const { local, region } = context;
  const settings = settingsOf(properties, null);
  const bucket = createBucket(local, bucketName(context, properties), region);
  Object.assign(bucket, settings);
  return stateOf(bucket);
}

function settingsOf(properties: JsonObject, current: BucketRecord | null): Pick<BucketRecord, 'versioning' | 'encryption' | 'tags'> {
  return { versioning: versioningOf(properties, current), encryption: encryptionOf(properties), tags: tagsProperty(properties) };
}

/** A bucket that has kept versions never is without again. */
function versioningOf(properties: JsonObject, current: BucketRecord | null): BucketRecord['versioning'] {
  const configuration = properties['VersioningConfiguration'];
  if (configuration === undefined) return current === null || current.versioning === null ? null : 'Suspended';
  const status = isJsonObject(configuration) ? textProperty(configuration, 'Status') : null;
  if (status !== 'Enabled' && status !== 'Suspended') throw malformed('VersioningConfiguration');
  return status;
}

function encryptionOf(properties: JsonObject): BucketRecord['encryption'] {
  const configuration = properties['BucketEncryption'];
  if (configuration === undefined) return defaultEncryption;
  const rules = isJsonObject(configuration) ? configuration['ServerSideEncryptionConfiguration'] : undefined;
  const [rule, second] = Array.isArray(rules) ? rules : [];
  if (!isJsonObject(rule) || second !== undefined) throw malformed('BucketEncryption');
  const byDefault = rule['ServerSideEncryptionByDefault'];
  const bucketKey = textProperty(rule, 'BucketKeyEnabled') === 'true';
  if (byDefault === undefined) return { ...defaultEncryption, bucketKey };
  if (!isJsonObject(byDefault)) throw malformed('BucketEncryption');
  const algorithm = textProperty(byDefault, 'SSEAlgorithm') ?? '';
  if (algorithm === 'aws:kms:dsse') throw unsupported('the encryption aws:kms:dsse of S3');
  if (algorithm !== 'AES256' && algorithm !== 'aws:kms') throw malformed('BucketEncryption');
  return { algorithm, keyId: textProperty(byDefault, 'KMSMasterKeyID'), bucketKey };
}

function stateOf({ name, region }: BucketRecord): ResourceState {
  return {
    physicalId: name,
    attributes: {
      Arn: `arn:aws:s3:::${name}`,
      DomainName: `${name}.s3.amazonaws.com`,
      DualStackDomainName: `${name}.s3.dualstack.${region}.amazonaws.com`,
      RegionalDomainName: `${name}.s3.${region}.amazonaws.com`,
    },
  };
}

function malformed(property: string): AwsError {
  return new AwsError('MalformedXML', `The XML you provided was not well-formed or did not validate against our published schema (${property})`);
}
