import * as fc from 'fast-check';
import { buckets } from '../../../scripts/local-aws/s3/buckets';
import { deleteObject, putObject } from '../../../scripts/local-aws/s3/objects';
import { S3Box, texts } from './s3-box';

describe('listings', () => {
  let box: S3Box;
  beforeEach(() => (box = new S3Box()));
  afterEach(() => box.close());

  const store = (...keys: readonly string[]): void => keys.forEach((key) => putObject(box.local, 'box', key, Buffer.from(key), {}));

  it('lists what begins with a prefix, in the order of bytes', async () => {
    store('b', 'a/2', 'a/10', 'é', 'Z', '\u{1F600}', '\uFF5E');
    expect(texts(await box.call('GET', '/box?list-type=2'), 'Key')).toEqual(['Z', 'a/10', 'a/2', 'b', 'é', '\uFF5E', '\u{1F600}']);
    const answer = await box.call('GET', '/box?list-type=2&max-keys=1&prefix=a%2F');
    expect(answer.headers).toEqual({ 'content-type': 'application/xml' });
    expect(answer.body).toContain('<ListBucketResult xmlns="http://s3.amazonaws.com/doc/2006-03-01/"><Name>box</Name><Prefix>a/</Prefix><MaxKeys>1</MaxKeys><KeyCount>1</KeyCount><IsTruncated>true</IsTruncated>');
    expect(texts(answer, 'Key')).toEqual(['a/10']);
    expect(texts(answer, 'Size')).toEqual(['4']);
    expect(texts(answer, 'LastModified')[0]).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.000Z$/);
    expect(box.judged.at(-1)).toMatchObject({ action: 's3:ListBucket', resource: 'arn:aws:s3:::box', context: { 's3:prefix': 'a/', 's3:max-keys': '1', 's3:delimiter': [] } });
  });

  it('folds keys into common prefixes', async () => {
    store('a/1', 'a/2', 'b', 'c/d/1', 'c/e');
    const top = await box.call('GET', '/box?list-type=2&delimiter=/');
    expect([texts(top, 'Key'), texts(top, 'Prefix')]).toEqual([['b'], ['', 'a/', 'c/']]);
    const below = await box.call('GET', '/box?list-type=2&delimiter=/&prefix=c/');
    expect([texts(below, 'Key'), texts(below, 'Prefix')]).toEqual([['c/e'], ['c/', 'c/d/']]);
  });

  it('encodes keys for those who ask', async () => {
    store('a b/ü+\n');
    expect(texts(await box.call('GET', '/box?list-type=2&encoding-type=url'), 'Key')).toEqual(['a+b/%C3%BC%2B%0A']);
    expect(await box.outcome('GET', '/box?list-type=2&encoding-type=rot13')).toEqual(['InvalidArgument', 400]);
  });

  it('starts after a key', async () => {
    store('a', 'b', 'c');
    expect(texts(await box.call('GET', '/box?list-type=2&start-after=a'), 'Key')).toEqual(['b', 'c']);
  });

  it('goes through all pages without a gap or a repetition', async () => {
    const key = fc.array(fc.constantFrom('a', 'b', '/', 'é'), { minLength: 1, maxLength: 5 }).map((parts) => parts.join(''));
    await fc.assert(
      fc.asyncProperty(fc.uniqueArray(key, { maxLength: 12 }), fc.constantFrom('', '/'), fc.integer({ min: 1, max: 4 }), async (keys, delimiter, size) => {
        store(...keys);
        const base = `/box?list-type=2&delimiter=${delimiter}`;
        const whole = await box.call('GET', base);
        const seen: string[][] = [[], []];
        for (let token = ''; ; ) {
          const page = await box.call('GET', `${base}&max-keys=${size}${token === '' ? '' : `&continuation-token=${encodeURIComponent(token)}`}`);
          seen[0]?.push(...texts(page, 'Key'));
          seen[1]?.push(...texts(page, 'Prefix').slice(1));
          const [next] = texts(page, 'NextContinuationToken');
          expect(texts(page, 'IsTruncated')).toEqual([String(next !== undefined)]);
          if (next === undefined) break;
          token = next;
        }
        expect(seen).toEqual([texts(whole, 'Key'), texts(whole, 'Prefix').slice(1)]);
        for (const each of keys) deleteObject(box.local, 'box', each);
      }),
      { numRuns: 60 },
    );
  });

  it('refuses what is no token and no number', async () => {
    expect(await box.outcome('GET', '/box?list-type=2&continuation-token=nonsense')).toEqual(['InvalidArgument', 400]);
    expect(await box.outcome('GET', '/box?list-type=2&max-keys=-1')).toEqual(['InvalidArgument', 400]);
    expect(texts(await box.call('GET', '/box?list-type=2&max-keys=0'), 'IsTruncated')).toEqual(['false']);
    expect(await box.outcome('GET', '/none?list-type=2')).toEqual(['NoSuchBucket', 404]);
  });

  it('lists versions and delete markers, page by page, the newest first', async () => {
    const bucket = buckets(box.local).get('box');
    if (bucket !== undefined) bucket.versioning = 'Enabled';
    store('a', 'a', 'b');
    deleteObject(box.local, 'box', 'a');
    const whole = await box.call('GET', '/box?versions');
    expect(whole.body).toMatch(/<DeleteMarker><Key>a<\/Key><VersionId>[^<]+<\/VersionId><IsLatest>true</);
    expect(texts(whole, 'Key').toSorted()).toEqual(['a', 'a', 'a', 'b']);
    expect(texts(whole, 'IsLatest').toSorted()).toEqual(['false', 'false', 'true', 'true']);
    const seen: string[] = [];
    for (let marker = ''; ; ) {
      const page = await box.call('GET', `/box?versions&max-keys=1${marker}`);
      seen.push(...texts(page, 'VersionId'));
      const [key, version] = [...texts(page, 'NextKeyMarker'), ...texts(page, 'NextVersionIdMarker')];
      if (key === undefined || version === undefined) break;
      marker = `&key-marker=${key}&version-id-marker=${version}`;
    }
    expect(seen.toSorted()).toEqual(texts(whole, 'VersionId').toSorted());
    expect(texts(await box.call('GET', '/box?list-type=2'), 'Key')).toEqual(['b']);
  });
});
