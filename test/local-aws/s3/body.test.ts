import { createHash } from 'node:crypto';
import * as fc from 'fast-check';
import { AwsError } from '../../../scripts/local-aws/aws-error';
import { unchunk } from '../../../scripts/local-aws/s3/aws-chunked';
import { checksumOf } from '../../../scripts/local-aws/s3/checksums';
import { readXml, type XmlElement } from '../../../scripts/local-aws/s3/xml-reader';
import { xml } from '../../../scripts/local-aws/xml';
import { S3Box } from './s3-box';

const sha256 = (text: string): string => createHash('sha256').update(text).digest('base64');
const chunked = (body: string, size: number, trailer: string): string => {
  const chunks = Array.from({ length: Math.ceil(body.length / size) }, (_, index) => body.slice(index * size, (index + 1) * size));
  return `${chunks.map((chunk) => `${chunk.length.toString(16)}\r\n${chunk}\r\n`).join('')}0\r\n${trailer}\r\n`;
};
const shape = (element: XmlElement): readonly [string, string][] => element.children.map(({ name, text: value }) => [name, value]);

/** The check values of the catalogue of CRCs, and of FIPS 180. */
it.each([
  ['CRC32', 'cbf43926'],
  ['CRC32C', 'e3069283'],
  ['CRC64NVME', 'ae8b14860a799888'],
  ['SHA1', 'f7c3bc1d808e04732adf679965ccc34ca7ae3441'],
  ['SHA256', '15e2b0d3c33891ebb0f1ef609ec419420c20e320ce94c65fbc8c3312448eb225'],
] as const)('computes %s', (algorithm, check) => {
  expect(Buffer.from(checksumOf(algorithm, Buffer.from('123456789')), 'base64').toString('hex')).toBe(check);
});

describe('bodies', () => {
  let box: S3Box;
  beforeEach(() => (box = new S3Box()));
  afterEach(() => box.close());

  it('takes a body that its digest describes, and gives the checksum to those who ask', async () => {
    const headers = { 'x-amz-checksum-sha256': sha256('hello'), 'x-amz-sdk-checksum-algorithm': 'SHA256', 'content-md5': createHash('md5').update('hello').digest('base64') };
    const put = await box.call('PUT', '/box/k', { body: 'hello', headers });
    expect(put.headers).toMatchObject({ 'x-amz-checksum-sha256': sha256('hello'), 'x-amz-checksum-type': 'FULL_OBJECT' });
    expect((await box.call('GET', '/box/k')).headers).not.toHaveProperty('x-amz-checksum-sha256');
    expect((await box.call('GET', '/box/k', { headers: { 'x-amz-checksum-mode': 'ENABLED' } })).headers).toMatchObject({ 'x-amz-checksum-sha256': sha256('hello') });
  });

  it.each([
    ['another MD5', { 'content-md5': createHash('md5').update('other').digest('base64') }, 'BadDigest'],
    ['no MD5 at all', { 'content-md5': 'abc' }, 'InvalidDigest'],
    ['another SHA-256', { 'x-amz-checksum-sha256': sha256('other') }, 'BadDigest'],
    ['another CRC-32', { 'x-amz-checksum-crc32': 'AAAAAA==' }, 'BadDigest'],
    ['another CRC-64', { 'x-amz-checksum-crc64nvme': 'AAAAAAAAAAA=' }, 'BadDigest'],
    ['no base64', { 'x-amz-checksum-crc32': '!' }, 'InvalidRequest'],
    ['two checksums', { 'x-amz-checksum-sha256': sha256('hello'), 'x-amz-checksum-crc32': 'NhCmhg==' }, 'InvalidRequest'],
    ['a checksum that is missing', { 'x-amz-sdk-checksum-algorithm': 'CRC32' }, 'InvalidRequest'],
  ])('refuses a body with %s, and stores nothing', async (_, headers, code) => {
    expect(await box.outcome('PUT', '/box/k', { body: 'hello', headers })).toEqual([code, 400]);
    expect(await box.outcome('GET', '/box/k')).toEqual(['NoSuchKey', 404]);
  });

  const streaming = { 'x-amz-content-sha256': 'STREAMING-UNSIGNED-PAYLOAD-TRAILER', 'content-encoding': 'aws-chunked', 'x-amz-trailer': 'x-amz-checksum-sha256', 'x-amz-decoded-content-length': '5' };

  it('decodes unsigned chunks, and compares the checksum that trails them', async () => {
    await box.call('PUT', '/box/k', { body: chunked('hello', 2, `x-amz-checksum-sha256:${sha256('hello')}\r\n`), headers: streaming });
    const got = await box.call('GET', '/box/k', { headers: { 'x-amz-checksum-mode': 'ENABLED' } });
    expect(got.body.toString()).toBe('hello');
    expect(got.headers).toMatchObject({ 'x-amz-checksum-sha256': sha256('hello') });
    expect(got.headers).not.toHaveProperty('content-encoding');
  });

  it.each([
    ['a wrong trailer', chunked('hello', 2, `x-amz-checksum-sha256:${sha256('other')}\r\n`), streaming, 'BadDigest', 400],
    ['no trailer', chunked('hello', 2, ''), streaming, 'MalformedTrailerError', 400],
    ['another length', chunked('hell', 2, `x-amz-checksum-sha256:${sha256('hell')}\r\n`), streaming, 'IncompleteBody', 400],
    ['an end too early', '5\r\nhel', streaming, 'IncompleteBody', 400],
    ['no length', chunked('hello', 2, ''), { 'x-amz-content-sha256': 'STREAMING-UNSIGNED-PAYLOAD-TRAILER' }, 'MissingContentLength', 411],
  ])('refuses chunks with %s', async (_, body, headers, code, status) => {
    expect(await box.outcome('PUT', '/box/k', { body, headers })).toEqual([code, status]);
  });

  it('takes any chunks apart', () => {
    fc.assert(
      fc.property(fc.array(fc.uint8Array({ minLength: 1 })), (chunks) => {
        const encoded = Buffer.concat([...chunks.flatMap((chunk) => [Buffer.from(`${chunk.length.toString(16)}\r\n`), chunk, Buffer.from('\r\n')]), Buffer.from('0\r\nA-B: c\r\n\r\n')]);
        expect(unchunk(encoded)).toEqual({ body: Buffer.concat(chunks), trailers: { 'a-b': 'c' } });
      }),
    );
  });
});

it('reads back what was written as XML', () => {
  const text = fc.string({ unit: 'grapheme' });
  fc.assert(
    fc.property(fc.array(text, { minLength: 1 }), (values) => {
      const body = Buffer.from(`<?xml version="1.0"?>\n${xml('Root xmlns="u"', Object.fromEntries(values.map((value, index) => [`E${index}`, value])))}\n`);
      expect(shape(readXml(body, 'Root'))).toEqual(values.map((value, index) => [`E${index}`, value]));
    }),
  );
});

function nameOrCode(text: string): string {
  try {
    return readXml(Buffer.from(text), 'a').name;
  } catch (error) {
    if (error instanceof AwsError) return error.code;
    throw error;
  }
}

it('reads any bytes or refuses them as malformed', () => {
  fc.assert(
    fc.property(fc.oneof(fc.string(), fc.array(fc.constantFrom('<', '>', '</', '/>', 'a', '&', '&#x0;', '"', '<!--', '-->', ' ', '=')).map((parts) => parts.join(''))), (text) => {
      expect(['a', 'MalformedXML']).toContain(nameOrCode(text));
    }),
  );
});
