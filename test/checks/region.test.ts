import type { CheckResult } from '../../scripts/checks/check';
import { region, type RegionSubject } from '../../scripts/checks/region';
import { knownRegions } from '../../scripts/credentials/regions';

function check(value: string, more: Partial<RegionSubject> = {}): CheckResult | Promise<CheckResult> {
  return region.run({ region: { value, source: 'AWS_REGION' }, allowed: [], partition: null, endpoint: null, ...more });
}

test('every region that AWS names passes', async () => {
  const results = await Promise.all(knownRegions.map(async (name) => check(name)));
  expect(results.filter(({ status }) => status !== 'pass')).toEqual([]);
  expect(results[0]).toEqual({ id: 'region', status: 'pass', message: 'us-east-1 (AWS_REGION)', fix: null });
});

test.each([['us-esat-1', 'us-east-1'], ['eu-wset-1', 'eu-west-1'], ['us-westt-2', 'us-west-2']])('%s is a typing error, and the nearest is named before any call', async (value, near) => {
  expect(await check(value)).toMatchObject({ status: 'fail', code: 'BAD_REGION', fix: `Did you mean ${near}?` });
});

test('one that is like none says how to give one', async () => {
  expect(await check('xx-somewhere-1')).toMatchObject({ status: 'fail', code: 'BAD_REGION', fix: expect.stringContaining('export AWS_DEFAULT_REGION') as string });
});

test.each(['ap-southeast-9', 'eu-northeast-1'])('%s may be new, so it only warns', async (value) => {
  expect(await check(value)).toMatchObject({ status: 'warn', message: expect.stringContaining(value) as string });
});

test('the configuration may allow only some', async () => {
  expect(await check('us-west-2', { allowed: ['eu-west-1', 'us-west-2'] })).toMatchObject({ status: 'pass' });
  expect(await check('us-west-2', { allowed: ['eu-west-1', 'eu-central-1'] })).toMatchObject({ status: 'fail', code: 'REGION_NOT_ALLOWED', message: expect.stringContaining('eu-west-1, eu-central-1') as string, fix: expect.stringContaining('--region eu-west-1') as string });
});

test('the region is of the partition of the identity', async () => {
  expect(await check('us-gov-west-1', { partition: 'aws-us-gov' })).toMatchObject({ status: 'pass' });
  expect(await check('us-west-2', { partition: 'aws-us-gov' })).toMatchObject({ status: 'fail', code: 'BAD_REGION', fix: expect.stringContaining('--region us-gov-west-1') as string });
});

test('beside an environment that says a region, another one is to be written there: --region would be refused', async () => {
  const said = { region: { value: 'us-west-2', source: '--env prod' } };
  expect(await check('us-west-2', { ...said, allowed: ['eu-west-1'] })).toMatchObject({ code: 'REGION_NOT_ALLOWED', fix: 'Use one of those: write "region": "eu-west-1" in environments.prod of cdk.json' });
  expect(await check('us-west-2', { ...said, partition: 'aws-us-gov' })).toMatchObject({ code: 'BAD_REGION', fix: expect.stringContaining('write "region": "us-gov-west-1" in environments.prod') as string });
});

test('an endpoint of one\'s own has the regions that it likes', async () => {
  expect(await check('mars-1', { endpoint: 'http://127.0.0.1:4566', partition: 'aws' })).toMatchObject({ status: 'pass' });
  expect(await check('mars-1', { endpoint: 'http://127.0.0.1:4566', allowed: ['us-west-2'] })).toMatchObject({ status: 'fail', code: 'REGION_NOT_ALLOWED' });
});
