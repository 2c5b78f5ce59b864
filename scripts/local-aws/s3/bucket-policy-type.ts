import { AwsError } from '../aws-error';
import { parsePolicy, type PolicyDocument } from '../iam/policy-document';
import { documentProperty } from '../iam/policy-properties';
import { requiredText } from '../properties';
import type { JsonObject, ResourceType } from '../resource';
import type { LocalAws } from '../service';
import { buckets, getBucket } from './buckets';

/** @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-s3-bucketpolicy.html */
export const bucketPolicyType: ResourceType = {
  name: 'AWS::S3::BucketPolicy',
  properties: { Bucket: 'replace', PolicyDocument: 'update' },
  create: async ({ local }, properties) => {
    const name = requiredText(properties, 'Bucket');
    if (getBucket(local, name).policy !== null) throw new AwsError('AlreadyExists', `The bucket policy already exists on bucket ${name}.`, 409);
    putPolicy(local, name, properties);
    return { physicalId: name, attributes: {} };
  },
  update: async ({ local }, current, _before, after) => {
    putPolicy(local, current.physicalId, after);
    return current;
  },
  delete: async ({ local }, { physicalId }) => {
    const bucket = buckets(local).get(physicalId);
    if (bucket !== undefined) bucket.policy = null;
  },
};

function putPolicy(local: LocalAws, name: string, properties: JsonObject): void {
  const document = documentProperty(properties, 'PolicyDocument');
  verifyPolicy(document, name);
  getBucket(local, name).policy = document;
}

/** @throws AwsError MalformedPolicy, and UnsupportedOperation where a statement could not be judged */
function verifyPolicy(document: PolicyDocument, name: string): void {
  const arn = `arn:aws:s3:::${name}`;
  for (const { principals, resources } of parsePolicy(document).statements) {
    if (principals === null) throw new AwsError('MalformedPolicy', 'Missing required field Principal');
    if (resources === null) throw new AwsError('MalformedPolicy', 'Missing required field Resource');
    if (!resources.patterns.every((pattern) => isWithin(pattern, arn))) throw new AwsError('MalformedPolicy', 'Policy has invalid resource');
  }
}

/** Wildcards may stand for the bucket's name too. */
function isWithin(pattern: string, arn: string): boolean {
  return pattern === arn || pattern.startsWith(`${arn}/`) || /[*?$]/.test(pattern.slice(0, arn.length + 1));
}
