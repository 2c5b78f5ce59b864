import { noRegion } from '../../scripts/credentials/no-region';

test('every way to name a region is said', () => {
  const failure = noRegion({ title: 'environment keys', profile: null });
  expect(failure).toMatchObject({ code: 'NO_REGION', exitCode: 3, message: expect.stringContaining('no region came with environment keys') as string });
  expect(failure.fix.split('\n')).toEqual(['export AWS_DEFAULT_REGION="us-west-2"   (or any other region, then run the same command again)', 'Or name one for a single run: -- --region us-west-2']);
});

test('a profile gets its own command, which a shell can take', () => {
  expect(noRegion({ title: 'profile my dev', profile: 'my dev' }).fix).toContain("\naws configure set region us-west-2 --profile 'my dev'   (");
});
