import type { TargetEnvironment } from '../../scripts/configuration/target-environment';
import { findCredentials, type Finding } from '../../scripts/credentials/find';
import { resolveRegion } from '../../scripts/credentials/region';
import { sourcesInOrder } from '../../scripts/credentials/sources';
import type { Surroundings } from '../../scripts/credentials/source';
import { failureOf, longTermKeys, makePlace, secret, type Place } from './place';

// What an environment of cdk.json says goes before every variable.

let place: Place;
beforeEach(() => { place = makePlace(); });
afterEach(() => { place.remove(); });

const prod: TargetEnvironment = { name: 'prod', account: null, region: 'eu-west-1', profile: 'work', confirm: 'yes' };

function at(target: TargetEnvironment): Surroundings {
  return { ...place.surroundings({ ...longTermKeys, AWS_REGION: 'us-east-1', AWS_PROFILE: 'work' }), target };
}

function find(target: TargetEnvironment): Promise<Finding> {
  return findCredentials(sourcesInOrder(() => Promise.reject(new Error('not opened in this test'))), at(target));
}

test('its profile, with what that hides', async () => {
  place.inHome('.aws/credentials', `[work]\naws_access_key_id = AKIAQYLPMN5HHHHWORK2\naws_secret_access_key = ${secret}\n`);
  expect(await find(prod)).toMatchObject({ kind: 'found', found: { source: 'profile', profile: 'work', title: 'profile work' }, shadowed: ['environment keys'] });
});

test('a profile that is not there is said to be named by it, though there are other credentials', async () => {
  const failure = await failureOf(() => find(prod));
  expect(failure).toMatchObject({ code: 'PROFILE_NOT_FOUND', message: expect.stringMatching(/^environments\.prod in cdk\.json names the profile "work"/) as string });
});

test('without a profile of its own the usual order', async () => {
  expect(await find({ ...prod, profile: null })).toMatchObject({ kind: 'found', found: { source: 'environment' } });
});

test('its region, before that of variables and of the profile', () => {
  const ofProfile = { region: { value: 'eu-central-1', source: 'profile work' } };
  expect(resolveRegion(at(prod), ofProfile)).toEqual({ value: 'eu-west-1', source: '--env prod' });
  expect(resolveRegion(at({ ...prod, region: null }), ofProfile)).toEqual({ value: 'us-east-1', source: 'AWS_REGION' });
});
