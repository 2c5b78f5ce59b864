import { createHash } from 'node:crypto';
import { S3Box, texts } from './s3-box';

describe('S3 objects over its protocol', () => {
  let box: S3Box;
  beforeEach(() => (box = new S3Box()));
  afterEach(() => box.close());

  it('stores and gives back a body with its headers', async () => {
    const put = await box.call('PUT', '/box/a/b%20c.txt?x-id=PutObject', { body: 'hello', headers: { 'content-type': 'text/plain', 'x-amz-meta-who': 'me', 'cache-control': 'no-store', 'content-encoding': 'aws-chunked,gzip' } });
    const etag = `"${createHash('md5').update('hello').digest('hex')}"`;
    expect(put).toMatchObject({ status: 200, body: '', headers: { etag, 'x-amz-server-side-encryption': 'AES256' } });
    const got = await box.call('GET', '/box/a/b%20c.txt');
    expect(got.body.toString()).toBe('hello');
    expect(got.headers).toMatchObject({ etag, 'content-type': 'text/plain', 'x-amz-meta-who': 'me', 'cache-control': 'no-store', 'content-encoding': 'gzip', 'content-length': '5' });
    const head = await box.call('HEAD', '/box/a/b%20c.txt');
    expect(head).toEqual({ status: 200, headers: got.headers, body: '' });
    expect(box.judged.map(({ action, resource }) => `${action} ${resource}`)).toEqual([
      's3:PutObject arn:aws:s3:::box/a/b c.txt',
      's3:GetObject arn:aws:s3:::box/a/b c.txt',
      's3:GetObject arn:aws:s3:::box/a/b c.txt',
    ]);
  });

  it.each([
    ['bytes=0-0', 206, '0', 'bytes 0-0/10'],
    ['bytes=7-', 206, '789', 'bytes 7-9/10'],
    ['bytes=-3', 206, '789', 'bytes 7-9/10'],
    ['bytes=2-99', 206, '23456789', 'bytes 2-9/10'],
    ['bytes=-99', 206, '0123456789', 'bytes 0-9/10'],
    ['bytes=5-2', 200, '0123456789', undefined],
    ['lines=1-2', 200, '0123456789', undefined],
  ])('answers the range %s', async (range, status, body, contentRange) => {
    await box.call('PUT', '/box/k', { body: '0123456789' });
    const got = await box.call('GET', '/box/k', { headers: { range } });
    expect([got.status, got.body.toString(), got.headers['content-range']]).toEqual([status, body, contentRange]);
    expect((await box.call('HEAD', '/box/k', { headers: { range } })).headers).toEqual(got.headers);
  });

  it.each(['bytes=10-', 'bytes=-0'])('refuses the range %s of ten bytes', async (range) => {
    await box.call('PUT', '/box/k', { body: '0123456789' });
    expect(await box.outcome('GET', '/box/k', { headers: { range } })).toEqual(['InvalidRange', 416]);
  });

  it('judges conditions of reads and writes', async () => {
    const { headers } = await box.call('PUT', '/box/k', { body: 'x' });
    const etag = String(headers['etag']);
    expect(await box.outcome('GET', '/box/k', { headers: { 'if-none-match': etag } })).toEqual(['', 304]);
    expect(await box.outcome('GET', '/box/k', { headers: { 'if-none-match': '"other"' } })).toEqual(['', 200]);
    expect(await box.outcome('GET', '/box/k', { headers: { 'if-match': '"other"' } })).toEqual(['PreconditionFailed', 412]);
    expect(await box.outcome('GET', '/box/k', { headers: { 'if-modified-since': 'Fri, 01 Jan 2100 00:00:00 GMT' } })).toEqual(['', 304]);
    expect(await box.outcome('GET', '/box/k', { headers: { 'if-unmodified-since': 'Sat, 01 Jan 2000 00:00:00 GMT' } })).toEqual(['PreconditionFailed', 412]);
    expect(await box.outcome('PUT', '/box/k', { headers: { 'if-none-match': '*' } })).toEqual(['PreconditionFailed', 412]);
    expect(await box.outcome('PUT', '/box/new', { headers: { 'if-none-match': '*' } })).toEqual(['', 200]);
    expect(await box.outcome('PUT', '/box/none', { headers: { 'if-match': etag } })).toEqual(['NoSuchKey', 404]);
    expect(await box.outcome('PUT', '/box/k', { headers: { 'if-match': etag } })).toEqual(['', 200]);
  });

  it('tells that a key is missing only to those who may list', async () => {
    expect(await box.outcome('GET', '/box/none')).toEqual(['NoSuchKey', 404]);
    expect(box.judged.map(({ action, resource }) => `${action} ${resource}`)).toEqual(['s3:GetObject arn:aws:s3:::box/none', 's3:ListBucket arn:aws:s3:::box']);
    expect(await box.outcome('GET', '/box/none', { denied: ['s3:ListBucket'] })).toEqual(['AccessDenied', 403]);
    expect(await box.outcome('GET', '/nowhere/none')).toEqual(['NoSuchBucket', 404]);
  });

  it('does nothing for those who may not', async () => {
    await box.call('PUT', '/box/k', { body: 'kept' });
    expect(await box.outcome('PUT', '/box/k', { body: 'new', denied: ['s3:PutObject'] })).toEqual(['AccessDenied', 403]);
    expect(await box.outcome('DELETE', '/box/k', { denied: ['s3:DeleteObject'] })).toEqual(['AccessDenied', 403]);
    expect(await box.outcome('GET', '/box/k', { headers: { 'x-amz-expected-bucket-owner': '999999999999' } })).toEqual(['AccessDenied', 403]);
    expect((await box.call('GET', '/box/k')).body.toString()).toBe('kept');
  });

  it('deletes, also what is not there', async () => {
    await box.call('PUT', '/box/k', { body: 'x' });
    expect(await box.call('DELETE', '/box/k')).toEqual({ status: 204, headers: {}, body: '' });
    expect(await box.outcome('DELETE', '/box/k')).toEqual(['', 204]);
    expect(await box.outcome('GET', '/box/k')).toEqual(['NoSuchKey', 404]);
  });

  it('deletes many, and says which it may not', async () => {
    for (const key of ['a', 'b', 'c&d']) await box.call('PUT', `/box/${encodeURIComponent(key)}`, { body: 'x' });
    const body = '<?xml version="1.0"?><Delete xmlns="http://s3.amazonaws.com/doc/2006-03-01/"><Object><Key>a</Key></Object><Object><Key>c&amp;d</Key></Object><Object><Key>none</Key></Object></Delete>';
    const headers = { 'content-md5': createHash('md5').update(body).digest('base64') };
    const answer = await box.call('POST', '/box?delete', { body, headers });
    expect(texts(answer, 'Key')).toEqual(['a', 'c&d', 'none']);
    expect(texts(await box.call('GET', '/box?list-type=2'), 'Key')).toEqual(['b']);
    const denied = await box.call('POST', '/box?delete', { body, headers, denied: ['s3:DeleteObject'] });
    expect(texts(denied, 'Code')).toEqual(['AccessDenied', 'AccessDenied', 'AccessDenied']);
    expect(await box.outcome('POST', '/box?delete', { body })).toEqual(['InvalidRequest', 400]);
  });

  it.each(['<Delete', '<Delete></Other>', '<Delete><Object/></Delete>', '<Other><Object><Key>a</Key></Object></Other>', '<!DOCTYPE x><Delete/>', ''])('refuses %j as a list of keys', async (body) => {
    const headers = { 'content-md5': createHash('md5').update(body).digest('base64') };
    expect(await box.outcome('POST', '/box?delete', { body, headers })).toEqual(['MalformedXML', 400]);
  });

  it('refuses by name what it does not model', async () => {
    await expect(box.call('PUT', '/box/k?tagging&x-id=PutObjectTagging')).rejects.toThrow('The local AWS does not model PutObjectTagging of S3');
    await expect(box.call('GET', '/box?website')).rejects.toThrow('GET bucket?website of S3');
    await expect(box.call('GET', '/box')).rejects.toThrow('GET bucket of S3');
    await expect(box.call('PUT', '/box/k', { headers: { 'x-amz-copy-source': '/box/a' } })).rejects.toThrow('s3:CopyObject');
    await expect(box.call('PUT', '/box/k', { headers: { 'x-amz-object-lock-mode': 'GOVERNANCE' } })).rejects.toThrow('x-amz-object-lock-mode');
    await expect(box.call('PUT', '/box/k', { headers: { 'x-amz-storage-class': 'GLACIER' } })).rejects.toThrow('GLACIER');
    await expect(box.call('GET', '/box/k?response-content-type=a')).rejects.toThrow('response-content-type');
    expect(await box.outcome('PUT', '/box/k', { headers: { 'x-amz-acl': 'public-read' } })).toEqual(['AccessControlListNotSupported', 400]);
  });

  it('takes dots in a key for what they are', async () => {
    await box.call('PUT', '/box/a/../b', { body: 'dots' });
    await box.call('PUT', '/box/b', { body: 'plain' });
    expect((await box.call('GET', '/box/a/../b')).body.toString()).toBe('dots');
    expect(texts(await box.call('GET', '/box?list-type=2'), 'Key')).toEqual(['a/../b', 'b']);
  });

  it('refuses keys that S3 cannot have', async () => {
    expect(await box.outcome('PUT', `/box/${'k'.repeat(1024)}`)).toEqual(['', 200]);
    expect(await box.outcome('PUT', `/box/${'k'.repeat(1025)}`)).toEqual(['KeyTooLongError', 400]);
    expect(await box.outcome('PUT', '/box/%ff')).toEqual(['InvalidURI', 400]);
  });
});
