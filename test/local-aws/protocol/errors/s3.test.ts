import {
  AbortMultipartUploadCommand, CompleteMultipartUploadCommand, CreateBucketCommand, CreateMultipartUploadCommand, DeleteBucketCommand, DeleteObjectCommand, DeleteObjectsCommand, GetBucketLocationCommand,
  GetBucketPolicyCommand, GetBucketTaggingCommand, GetObjectCommand, ListObjectsV2Command, ListObjectVersionsCommand, PutObjectCommand, S3Client, UploadPartCommand, type PutObjectCommandInput,
} from '@aws-sdk/client-s3';
import { openProof } from '../proof';
import { codesIn, told } from './told';

const proof = openProof();
const s3 = proof.watch(new S3Client(proof.init));
/** Adds no checksum that is not asked for. */
const plain = proof.watch(new S3Client({ ...proof.init, requestChecksumCalculation: 'WHEN_REQUIRED' }));
let UploadId: string | undefined;
let ETag: string | undefined;
let marker: string | undefined;

beforeAll(async () => {
  await proof.deploy({ Versioned: { Type: 'AWS::S3::Bucket', Properties: { BucketName: 'versioned', VersioningConfiguration: { Status: 'Enabled' } } } });
  await s3.send(new CreateBucketCommand({ Bucket, CreateBucketConfiguration }));
  await put();
  await s3.send(new PutObjectCommand({ Bucket: 'versioned', Key: 'k', Body: 'abc' }));
  ({ VersionId: marker } = await s3.send(new DeleteObjectCommand({ Bucket: 'versioned', Key: 'k' })));
  ({ UploadId } = await s3.send(new CreateMultipartUploadCommand({ Bucket, Key: 'u', ChecksumAlgorithm: 'SHA1' })));
  for (const PartNumber of [1, 2]) ({ ETag } = await s3.send(new UploadPartCommand({ Bucket, Key: 'u', UploadId, PartNumber, Body: 'abc', ChecksumAlgorithm: 'SHA1' })));
});

const Bucket = 'taken';
/** Of `abc`. */
const md5 = '900150983cd24fb0d6963f7d28e17f72';
const CreateBucketConfiguration = { LocationConstraint: 'us-west-2' as const };
const put = (more: Partial<PutObjectCommandInput> = {}, client = s3) => client.send(new PutObjectCommand({ Bucket, Key: 'k', Body: 'abc', ...more }));
const complete = (Parts: { PartNumber: number; ETag: string | undefined }[]) => s3.send(new CompleteMultipartUploadCommand({ Bucket, Key: 'u', UploadId, MultipartUpload: { Parts } }));
const part = (PartNumber: number, ChecksumAlgorithm: 'SHA1' | 'CRC32' = 'SHA1') => s3.send(new UploadPartCommand({ Bucket, Key: 'u', UploadId, PartNumber, Body: 'abc', ChecksumAlgorithm }));

interface Sent {
  path: string;
  headers: Record<string, string>;
  body: unknown;
}

/** The command with its request changed before it is signed, as no client of AWS would send it. */
function changed<Command extends { readonly middlewareStack: { add(step: never, options: { readonly step: 'build'; readonly priority: 'low' }): void } }>(command: Command, change: (request: Sent) => void): Command {
  const step = (next: (given: { readonly request: Sent }) => Promise<unknown>) => async (given: { readonly request: Sent }) => {
    change(given.request);
    return next(given);
  };
  command.middlewareStack.add(step as never, { step: 'build', priority: 'low' });
  return command;
}

/** An object as chunks whose checksum follows, of which `change` spoils something. */
const chunked = (body: string, headers: Record<string, string> = {}) => plain.send(changed(new PutObjectCommand({ Bucket, Key: 'k', Body: 'abc' }), (request) => {
  request.body = body;
  Object.assign(request.headers, {
    'content-length': String(body.length), 'content-encoding': 'aws-chunked', 'x-amz-content-sha256': 'STREAMING-UNSIGNED-PAYLOAD-TRAILER', 'x-amz-decoded-content-length': '3', ...headers,
  });
  if (headers['x-amz-decoded-content-length'] === '') delete request.headers['x-amz-decoded-content-length'];
}));

type Row = readonly [name: string, status: number, message: string, send: () => Promise<unknown>, details?: Readonly<Record<string, string>>];

// Texts of https://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html, and of what AWS answered to LocalStack's and Moto's tests
const table: readonly Row[] = [
  ['AccessControlListNotSupported', 400, 'The bucket does not allow ACLs', () => put({ ACL: 'public-read' })],
  ['AccessDenied', 403, 'Access Denied', () => put({ ExpectedBucketOwner: '111122223333' })],
  ['AuthorizationHeaderMalformed', 400, "The authorization header is malformed; the region 'eu-west-1' is wrong; expecting 'us-west-2'", () => put({}, new S3Client({ ...proof.init, region: 'eu-west-1' })), { Region: 'us-west-2' }],
  ['BadDigest', 400, 'The Content-MD5 you specified did not match what we received.', () => put({ ContentMD5: Buffer.alloc(16).toString('base64') })],
  ['BadDigest', 400, 'The CRC32 you specified did not match the calculated checksum.', () => put({ ChecksumCRC32: 'AAAAAA==' })],
  ['BucketAlreadyOwnedByYou', 409, 'Your previous request to create the named bucket succeeded and you already own it.', () => s3.send(new CreateBucketCommand({ Bucket, CreateBucketConfiguration })), { BucketName: Bucket }],
  ['BucketNotEmpty', 409, 'The bucket you tried to delete is not empty', () => s3.send(new DeleteBucketCommand({ Bucket })), { BucketName: Bucket }],
  ['BucketNotEmpty', 409, 'The bucket you tried to delete is not empty. You must delete all versions in the bucket.', () => s3.send(new DeleteBucketCommand({ Bucket: 'versioned' }))],
  ['EntityTooSmall', 400, 'Your proposed upload is smaller than the minimum allowed size', () => complete([{ PartNumber: 1, ETag }, { PartNumber: 2, ETag }]), { ProposedSize: '3', MinSizeAllowed: '5242880', PartNumber: '1', ETag: md5 }],
  ['IllegalLocationConstraintException', 400, 'The eu-west-1 location constraint is incompatible for the region specific endpoint this request was sent to.',
    () => s3.send(new CreateBucketCommand({ Bucket: 'elsewhere', CreateBucketConfiguration: { LocationConstraint: 'eu-west-1' } }))],
  ['IncompleteBody', 400, 'The request body terminated unexpectedly', () => chunked('5\r\nabc')],
  ['IncompleteBody', 400, 'You did not provide the number of bytes specified by the Content-Length HTTP header', () => chunked('3\r\nabc\r\n0\r\n\r\n', { 'x-amz-decoded-content-length': '4' })],
  ['InvalidArgument', 400, 'Part number must be an integer between 1 and 10000, inclusive', () => part(10_001), { ArgumentName: 'partNumber', ArgumentValue: '10001' }],
  ['InvalidArgument', 400, 'A version-id marker cannot be specified without a key marker.', () => s3.send(new ListObjectVersionsCommand({ Bucket, VersionIdMarker: 'x' })), { ArgumentName: 'version-id-marker', ArgumentValue: 'x' }],
  ['InvalidArgument', 400, 'The continuation token provided is incorrect', () => s3.send(new ListObjectsV2Command({ Bucket, ContinuationToken: 'x' })), { ArgumentName: 'continuation-token' }],
  ['InvalidArgument', 400, 'Invalid Encoding Method specified in Request', () => s3.send(new ListObjectsV2Command({ Bucket, EncodingType: 'base64' as 'url' })), { ArgumentName: 'encoding-type', ArgumentValue: 'base64' }],
  ['InvalidBucketName', 400, 'The specified bucket is not valid.', () => s3.send(new CreateBucketCommand({ Bucket: 'No', CreateBucketConfiguration })), { BucketName: 'No' }],
  ['InvalidDigest', 400, 'The Content-MD5 you specified was invalid.', () => put({ ContentMD5: 'x' }), { 'Content-MD5': 'x' }],
  ['InvalidPart', 400, "One or more of the specified parts could not be found.  The part may not have been uploaded, or the specified entity tag may not match the part's entity tag.", () => complete([{ PartNumber: 3, ETag }]), { PartNumber: '3', ETag: md5 }],
  ['InvalidPartOrder', 400, 'The list of parts was not in ascending order. Parts must be ordered by part number.', () => complete([{ PartNumber: 2, ETag }, { PartNumber: 1, ETag }])],
  ['InvalidRange', 416, 'The requested range is not satisfiable', () => s3.send(new GetObjectCommand({ Bucket, Key: 'k', Range: 'bytes=9-' })), { ActualObjectSize: '3', RangeRequested: 'bytes=9-' }],
  ['InvalidRequest', 400, 'Checksum Type mismatch occurred, expected checksum Type: sha1, actual checksum Type: crc32', () => part(3, 'CRC32')],
  ['InvalidRequest', 400, 'Checksum algorithm provided is unsupported. Please try again with any of the valid types: [CRC32, CRC32C, CRC64NVME, SHA1, SHA256]',
    () => plain.send(new CreateMultipartUploadCommand({ Bucket, Key: 'v', ChecksumAlgorithm: 'MD4' as 'SHA1' }))],
  ['InvalidRequest', 400, 'Expecting a single x-amz-checksum- header. Multiple checksum Types are not allowed.', () => put({ ChecksumCRC32: 'NSRBwg==', ChecksumSHA1: 'qZk+NkcGgWq6PiVxeFDCbJzQ2J0=' }, plain)],
  ['InvalidRequest', 400, 'Value for x-amz-checksum-crc32 header is invalid.', () => put({ ChecksumCRC32: 'x' })],
  ['InvalidRequest', 400, 'x-amz-sdk-checksum-algorithm specified, but no corresponding x-amz-checksum-* or x-amz-trailer headers were found.',
    () => plain.send(changed(new PutObjectCommand({ Bucket, Key: 'k', Body: 'abc' }), ({ headers }) => void (headers['x-amz-sdk-checksum-algorithm'] = 'CRC32')))],
  ['InvalidRequest', 400, 'Missing required header for this request: Content-MD5 OR x-amz-checksum-*', () => plain.send(changed(new DeleteObjectsCommand({ Bucket, Delete: { Objects: [{ Key: 'k' }] } }), ({ headers }) => {
    for (const name of ['content-md5', 'x-amz-checksum-crc32', 'x-amz-sdk-checksum-algorithm']) delete headers[name];
  }))],
  ['InvalidURI', 400, "Couldn't parse the specified URI.", () => plain.send(changed(new GetObjectCommand({ Bucket, Key: 'k' }), (request) => void (request.path = `/${Bucket}/%zz`)))],
  ['KeyTooLongError', 400, 'Your key is too long', () => put({ Key: 'k'.repeat(1025) }), { Size: '1025', MaxSizeAllowed: '1024' }],
  ['MalformedTrailerError', 400, 'The request contained trailing data that was not well-formed or did not conform to our published schema.', () => chunked('3\r\nabc\r\n0\r\n\r\n', { 'x-amz-trailer': 'x-amz-checksum-crc32' })],
  ['MalformedXML', 400, 'The XML you provided was not well-formed or did not validate against our published schema', () => complete([])],
  ['MethodNotAllowed', 405, 'The specified method is not allowed against this resource.', () => s3.send(new GetObjectCommand({ Bucket: 'versioned', Key: 'k', VersionId: marker })), { Method: 'GET', ResourceType: 'DeleteMarker' }],
  ['MissingContentLength', 411, 'You must provide the Content-Length HTTP header.', () => chunked('3\r\nabc\r\n0\r\n\r\n', { 'x-amz-decoded-content-length': '' })],
  ['NoSuchBucket', 404, 'The specified bucket does not exist', () => s3.send(new GetBucketLocationCommand({ Bucket: 'none' })), { BucketName: 'none' }],
  ['NoSuchBucketPolicy', 404, 'The bucket policy does not exist', () => s3.send(new GetBucketPolicyCommand({ Bucket })), { BucketName: Bucket }],
  ['NoSuchKey', 404, 'The specified key does not exist.', () => s3.send(new GetObjectCommand({ Bucket, Key: 'none' })), { Key: 'none' }],
  ['NoSuchKey', 404, 'The specified key does not exist.', () => put({ Key: 'none', IfMatch: '"x"' }), { Key: 'none' }],
  ['NoSuchTagSet', 404, 'The TagSet does not exist', () => s3.send(new GetBucketTaggingCommand({ Bucket })), { BucketName: Bucket }],
  ['NoSuchUpload', 404, 'The specified upload does not exist. The upload ID may be invalid, or the upload may have been aborted or completed.', () => s3.send(new AbortMultipartUploadCommand({ Bucket, Key: 'u', UploadId: 'x' })), { UploadId: 'x' }],
  ['NoSuchVersion', 404, 'The specified version does not exist.', () => s3.send(new GetObjectCommand({ Bucket: 'versioned', Key: 'k', VersionId: 'x'.repeat(32) })), { Key: 'k', VersionId: 'x'.repeat(32) }],
  ['NotImplemented', 501, 'A header you provided implies functionality that is not implemented', () => put({ IfNoneMatch: '"x"' }), { Header: 'If-None-Match', additionalMessage: "We don't accept the provided value of If-None-Match header for this API" }],
  ['PreconditionFailed', 412, 'At least one of the pre-conditions you specified did not hold', () => put({ IfNoneMatch: '*' }), { Condition: 'If-None-Match' }],
  ['PreconditionFailed', 412, 'At least one of the pre-conditions you specified did not hold', () => put({ IfMatch: '"x"' }), { Condition: 'If-Match' }],
  ['PreconditionFailed', 412, 'At least one of the pre-conditions you specified did not hold', () => s3.send(new GetObjectCommand({ Bucket, Key: 'k', IfUnmodifiedSince: new Date(0) })), { Condition: 'If-Unmodified-Since' }],
];

test.each(table.map(([name, status, message, send, details = {}]) => [name, status, message, send, details] as const))('%s (%i): %s', async (name, status, message, send, details) => {
  const call = send();
  expect(await told(call)).toEqual({ name, status, message });
  await expect(call).rejects.toMatchObject(details);
});

test('no other error is in the code', () => {
  // Reasons of events of a stack, in which no code shows.
  const ofStacks = ['AlreadyExists', 'MalformedPolicy'];
  expect([...new Set([...table.map(([name]) => name), ...ofStacks])].toSorted()).toEqual(codesIn('s3'));
});
