import { readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as fc from 'fast-check';
import { AwsError } from '../../../scripts/local-aws/aws-error';
import { buckets, createBucket } from '../../../scripts/local-aws/s3/buckets';
import { currentVersion, deleteObject, deleteVersion, objects, putObject, readObject } from '../../../scripts/local-aws/s3/objects';
import { s3Service } from '../../../scripts/local-aws/s3/service';
import { S3Box } from './s3-box';

describe('objects', () => {
  let box: S3Box;
  beforeEach(() => (box = new S3Box()));
  afterEach(() => box.close());

  const hostile = fc.constantFrom('../../escape', '/etc/passwd', '..', '.', '__proto__', 'constructor', 'a/../../b', 'C:\\x', 'a\0b', 'x'.repeat(1024), '.working');
  const anyKey = fc.oneof(fc.string({ unit: 'binary', minLength: 1 }), hostile);

  it('gives back whatever key it was given, from one folder and through a restart', () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.tuple(anyKey, fc.uint8Array()), { selector: ([key]) => key, minLength: 1, maxLength: 8 }), (entries) => {
        for (const [key, body] of entries) putObject(box.local, 'box', key, Buffer.from(body), {});
        box.reopen();
        for (const [key, body] of entries) expect(readObject(box.local, 'box', key)).toEqual(Buffer.from(body));
        expect(readdirSync(box.folder).toSorted()).toEqual(['s3', 'state.json']);
        expect(readdirSync(join(box.folder, 's3')).every((name) => /^[0-9a-f]{32}$/.test(name))).toBe(true);
        for (const [key] of entries) deleteObject(box.local, 'box', key);
        expect(readdirSync(join(box.folder, 's3'))).toEqual([]);
      }),
      { numRuns: 50 },
    );
  });

  it('keeps the objects of one bucket from those of another', () => {
    createBucket(box.local, 'other', 'us-west-2');
    putObject(box.local, 'box', 'key', Buffer.from('mine'), {});
    expect(() => readObject(box.local, 'other', 'key')).toThrow(new AwsError('NoSuchKey', 'The specified key does not exist.', 404));
    expect(() => readObject(box.local, 'none', 'key')).toThrow(new AwsError('NoSuchBucket', 'The specified bucket does not exist', 404));
  });

  it('replaces an object, and its file with it', () => {
    putObject(box.local, 'box', 'key', Buffer.from('one'), {});
    putObject(box.local, 'box', 'key', Buffer.from('two'), {});
    expect(readObject(box.local, 'box', 'key').toString()).toBe('two');
    expect(readdirSync(join(box.folder, 's3'))).toHaveLength(1);
  });

  it('keeps versions where the bucket does, and brings one back when its delete marker goes', () => {
    const bucket = buckets(box.local).get('box');
    if (bucket !== undefined) bucket.versioning = 'Enabled';
    const first = putObject(box.local, 'box', 'key', Buffer.from('one'), {});
    putObject(box.local, 'box', 'key', Buffer.from('two'), {});
    const marker = deleteObject(box.local, 'box', 'key');
    expect(currentVersion(box.local, 'box', 'key')).toBeNull();
    expect(() => readObject(box.local, 'box', 'key')).toThrow('The specified key does not exist.');
    deleteVersion(box.local, 'box', 'key', marker?.id ?? '');
    expect(readObject(box.local, 'box', 'key').toString()).toBe('two');
    deleteVersion(box.local, 'box', 'key', currentVersion(box.local, 'box', 'key')?.id ?? '');
    expect(currentVersion(box.local, 'box', 'key')).toEqual(first);
  });

  it('has one null version where versioning is suspended', () => {
    putObject(box.local, 'box', 'key', Buffer.from('before'), {});
    const bucket = buckets(box.local).get('box');
    if (bucket !== undefined) bucket.versioning = 'Enabled';
    const kept = putObject(box.local, 'box', 'key', Buffer.from('kept'), {});
    if (bucket !== undefined) bucket.versioning = 'Suspended';
    putObject(box.local, 'box', 'key', Buffer.from('after'), {});
    expect(objects(box.local).get('box/key')?.versions.map(({ id }) => id)).toEqual([kept.id, 'null']);
    expect(readObject(box.local, 'box', 'key').toString()).toBe('after');
  });

  it('sweeps away what a killed process left, and nothing else', () => {
    putObject(box.local, 'box', 'key', Buffer.from('kept'), {});
    const folder = join(box.folder, 's3');
    const before = readdirSync(folder);
    writeFileSync(join(folder, `${'0'.repeat(32)}.working`), 'half');
    writeFileSync(join(folder, 'f'.repeat(32)), 'never named');
    s3Service(box.local);
    expect(readdirSync(folder)).toEqual(before);
  });
});
