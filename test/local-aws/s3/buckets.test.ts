import { putObject } from '../../../scripts/local-aws/s3/objects';
import { S3Box, texts } from './s3-box';

const configuration = (region: string): string => `<CreateBucketConfiguration xmlns="http://s3.amazonaws.com/doc/2006-03-01/"><LocationConstraint>${region}</LocationConstraint></CreateBucketConfiguration>`;

describe('S3 buckets over its protocol', () => {
  let box: S3Box;
  beforeEach(() => (box = new S3Box()));
  afterEach(() => box.close());

  it('are made, found, listed and deleted', async () => {
    expect(await box.call('PUT', '/new-one', { body: configuration('us-west-2') })).toEqual({ status: 200, headers: { location: '/new-one' }, body: '' });
    expect(await box.call('HEAD', '/new-one')).toEqual({ status: 200, headers: { 'x-amz-bucket-region': 'us-west-2' }, body: '' });
    expect(texts(await box.call('GET', '/'), 'Name')).toEqual(['box', 'new-one']);
    expect(await box.outcome('DELETE', '/new-one/')).toEqual(['', 204]);
    expect(await box.outcome('HEAD', '/new-one')).toEqual(['NoSuchBucket', 404]);
    expect(box.judged.map(({ action, resource }) => `${action} ${resource}`)).toEqual([
      's3:CreateBucket arn:aws:s3:::new-one',
      's3:ListBucket arn:aws:s3:::new-one',
      's3:ListAllMyBuckets *',
      's3:DeleteBucket arn:aws:s3:::new-one',
      's3:ListBucket arn:aws:s3:::new-one',
    ]);
  });

  it.each([
    ['/box', 'us-west-2', configuration('us-west-2'), 'BucketAlreadyOwnedByYou', 409],
    ['/UPPER', 'us-west-2', configuration('us-west-2'), 'InvalidBucketName', 400],
    ['/ab', 'us-west-2', configuration('us-west-2'), 'InvalidBucketName', 400],
    ['/10.0.0.1', 'us-west-2', configuration('us-west-2'), 'InvalidBucketName', 400],
    ['/new', 'us-west-2', '', 'IllegalLocationConstraintException', 400],
    ['/new', 'us-west-2', configuration('eu-west-1'), 'IllegalLocationConstraintException', 400],
    ['/new', 'us-east-1', '', '', 200],
  ])('PUT %s in %s with %j', async (path, region, body, code, status) => {
    expect(await box.outcome('PUT', path, { region, body })).toEqual([code, status]);
  });

  it('are not deleted while they hold something', async () => {
    putObject(box.local, 'box', 'k', Buffer.from('x'), {});
    await expect(box.call('DELETE', '/box')).rejects.toMatchObject({ code: 'BucketNotEmpty', status: 409, message: 'The bucket you tried to delete is not empty' });
  });

  it('answer in their own region, and say everywhere where they are', async () => {
    const location = await box.call('GET', '/box?location', { region: 'eu-west-1' });
    expect(location.body).toBe('<?xml version="1.0" encoding="UTF-8"?>\n<LocationConstraint xmlns="http://s3.amazonaws.com/doc/2006-03-01/">us-west-2</LocationConstraint>');
    expect(await box.call('HEAD', '/box', { region: 'eu-west-1' })).toMatchObject({ status: 301, headers: { 'x-amz-bucket-region': 'us-west-2' } });
    await expect(box.call('GET', '/box?list-type=2', { region: 'eu-west-1' })).rejects.toMatchObject({ code: 'AuthorizationHeaderMalformed', message: expect.stringContaining("expecting 'us-west-2'") });
    await box.call('PUT', '/east', { region: 'us-east-1' });
    expect(texts(await box.call('GET', '/east?location'), 'LocationConstraint')).toEqual(['']);
  });
});
