import { createHash } from 'node:crypto';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { S3Box, texts } from './s3-box';

const digest = (algorithm: string, ...bytes: readonly Buffer[]): Buffer => createHash(algorithm).update(Buffer.concat(bytes)).digest();

function list(...parts: readonly (readonly [number, string])[]): string {
  const entries = parts.map(([number, etag]) => `<Part><PartNumber>${number}</PartNumber><ETag>${etag.replaceAll('"', '&quot;')}</ETag></Part>`);
  return `<CompleteMultipartUpload xmlns="http://s3.amazonaws.com/doc/2006-03-01/">${entries.join('')}</CompleteMultipartUpload>`;
}

describe('uploads in parts', () => {
  let box: S3Box;
  beforeEach(() => (box = new S3Box()));
  afterEach(() => box.close());

  const big = Buffer.alloc(5 * 1024 * 1024, 'a');
  const small = Buffer.from('the end');

  async function begin(headers: Readonly<Record<string, string>> = {}): Promise<string> {
    return texts(await box.call('POST', '/box/k?uploads', { headers }), 'UploadId')[0] ?? '';
  }

  async function part(id: string, number: number, body: Buffer): Promise<string> {
    const headers = { 'x-amz-checksum-sha256': digest('sha256', body).toString('base64'), 'x-amz-sdk-checksum-algorithm': 'SHA256' };
    return String((await box.call('PUT', `/box/k?partNumber=${number}&uploadId=${id}`, { body, headers })).headers['etag']);
  }

  it('become one object, with the ETag and the checksum of their parts', async () => {
    const id = await begin({ 'content-type': 'application/zip', 'x-amz-checksum-algorithm': 'SHA256' });
    const [first, second] = [await part(id, 1, big), await part(id, 2, small)];
    box.reopen();
    const answer = await box.call('POST', `/box/k?uploadId=${id}`, { body: list([1, first], [2, second]) });
    const etag = `"${digest('md5', digest('md5', big), digest('md5', small)).toString('hex')}-2"`;
    const checksum = `${digest('sha256', digest('sha256', big), digest('sha256', small)).toString('base64')}-2`;
    expect([texts(answer, 'ETag'), texts(answer, 'ChecksumSHA256'), texts(answer, 'Location')]).toEqual([[etag], [checksum], ['http://127.0.0.1:4566/box/k']]);
    const got = await box.call('GET', '/box/k', { headers: { 'x-amz-checksum-mode': 'ENABLED' } });
    expect(Buffer.compare(Buffer.from(got.body), Buffer.concat([big, small]))).toBe(0);
    expect(got.headers).toMatchObject({ etag, 'content-type': 'application/zip', 'x-amz-checksum-sha256': checksum, 'x-amz-checksum-type': 'COMPOSITE' });
    expect(readdirSync(join(box.folder, 's3'))).toHaveLength(1);
    expect(await box.outcome('POST', `/box/k?uploadId=${id}`, { body: list([1, first]) })).toEqual(['NoSuchUpload', 404]);
  });

  it('are refused in another order, with another ETag, or too small', async () => {
    const id = await begin();
    const [first, second, third] = [await part(id, 1, big), await part(id, 2, small), await part(id, 3, small)];
    const outcome = (body: string): Promise<readonly [string, number]> => box.outcome('POST', `/box/k?uploadId=${id}`, { body });
    expect(await outcome(list([2, second], [1, first]))).toEqual(['InvalidPartOrder', 400]);
    expect(await outcome(list([1, second]))).toEqual(['InvalidPart', 400]);
    expect(await outcome(list([4, second]))).toEqual(['InvalidPart', 400]);
    expect(await outcome(list([2, second], [3, third]))).toEqual(['EntityTooSmall', 400]);
    expect(await outcome(list())).toEqual(['MalformedXML', 400]);
    expect(await outcome('<CompleteMultipartUpload><Part/></CompleteMultipartUpload>')).toEqual(['MalformedXML', 400]);
    expect(await box.outcome('PUT', `/box/k?partNumber=0&uploadId=${id}`)).toEqual(['InvalidArgument', 400]);
    expect(await box.outcome('GET', '/box/k')).toEqual(['NoSuchKey', 404]);
    expect(await outcome(list([1, first], [3, third]))).toEqual(['', 200]);
  });

  it('are replaced by number, and leave nothing when they are given up', async () => {
    const id = await begin();
    await part(id, 1, small);
    await part(id, 1, small);
    expect(readdirSync(join(box.folder, 's3'))).toHaveLength(1);
    expect(await box.outcome('DELETE', `/box/other?uploadId=${id}`)).toEqual(['NoSuchUpload', 404]);
    expect(await box.outcome('DELETE', `/box/k?uploadId=${id}`)).toEqual(['', 204]);
    expect(readdirSync(join(box.folder, 's3'))).toEqual([]);
  });

  it('take the checksum that was announced, and no other', async () => {
    const id = await begin({ 'x-amz-checksum-algorithm': 'SHA256' });
    const headers = { 'x-amz-checksum-crc32': 'AAAAAA==' };
    expect(await box.outcome('PUT', `/box/k?partNumber=1&uploadId=${id}`, { headers })).toEqual(['InvalidRequest', 400]);
    expect(await box.outcome('POST', '/box/k?uploads', { headers: { 'x-amz-checksum-algorithm': 'MD4' } })).toEqual(['InvalidRequest', 400]);
  });
});
