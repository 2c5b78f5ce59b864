import { resolveRegion, verifyRegionShape, nearestRegion } from '../../scripts/credentials/region';
import { homeRegion, knownRegions, regionPattern } from '../../scripts/credentials/regions';
import type { Found } from '../../scripts/credentials/source';
import { failureOf, makePlace, type Place } from './place';

let place: Place;
beforeEach(() => { place = makePlace(); });
afterEach(() => { place.remove(); });

const ofProfile: Pick<Found, 'source' | 'region'> = { source: 'profile', region: { value: 'eu-west-1', source: 'profile dev' } };
const variables = { AWS_REGION: 'us-east-1', AWS_DEFAULT_REGION: 'us-east-2' };

function at(environment: Readonly<Record<string, string>>, region?: string): unknown {
  return resolveRegion(place.surroundings(environment, region === undefined ? {} : { region }), ofProfile);
}

test('--region, AWS_REGION, AWS_DEFAULT_REGION, then what came with the credentials', () => {
  expect(at(variables, 'sa-east-1')).toEqual({ value: 'sa-east-1', source: '--region' });
  expect(at(variables)).toEqual({ value: 'us-east-1', source: 'AWS_REGION' });
  expect(at({ ...variables, AWS_REGION: ' ' })).toEqual({ value: 'us-east-2', source: 'AWS_DEFAULT_REGION' });
  expect(at({})).toEqual({ value: 'eu-west-1', source: 'profile dev' });
});

test('nobody says one', () => {
  expect(resolveRegion(place.surroundings(), { region: null })).toBeNull();
  expect(resolveRegion(place.surroundings(), null)).toBeNull();
});

test('a region of its own asks no variable', () => {
  expect(resolveRegion(place.surroundings(variables), { ownRegion: true, region: { value: 'us-west-2', source: 'local' } })).toEqual({ value: 'us-west-2', source: 'local' });
});

test('every known region has the shape, and one that AWS has yet to open', () => {
  for (const region of [...knownRegions, 'eu-west-9']) expect(region).toMatch(regionPattern);
  expect(() => { verifyRegionShape('us-gov-north-1'); }).not.toThrow();
});

test.each([
  ['us-west-2a', 'us-west-2'],
  ['useast-1', 'us-east-1'],
  ['EU-WEST-1', 'eu-west-1'],
])('%s is refused, and %s offered', async (typed, meant) => {
  expect(await failureOf(() => { verifyRegionShape(typed); })).toMatchObject({ code: 'BAD_REGION', fix: `Did you mean ${meant}?` });
});

test('a name that has the shape can be a typing error all the same', () => {
  expect([nearestRegion('us-esat-1'), nearestRegion('us-east-1')]).toEqual(['us-east-1', null]);
});

test('each partition has a region of its own', () => {
  expect(['aws', 'aws-cn', 'aws-us-gov', 'constructor'].map(homeRegion)).toEqual(['us-east-1', 'cn-north-1', 'us-gov-west-1', 'us-east-1']);
});
