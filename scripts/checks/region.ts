import { otherRegion } from '../credentials/other-region';
import { nearestRegion } from '../credentials/region';
import { homeRegion, knownRegions, partitionOfRegion } from '../credentials/regions';
import type { Region } from '../credentials/source';
import type { Check } from './check';
import { fail, pass, warn } from './result';

/** The region of the run, and what it is measured by. */
export interface RegionSubject {
  readonly region: Region;
  /** That may be deployed to; any where empty. */
  readonly allowed: readonly string[];
  /** Of the identity, once it is proved; of an emulator `null`. */
  readonly partition: string | null;
  /** Of the endpoint that is asked in place of AWS's own: one of one's own has the regions that it likes. */
  readonly endpoint: string | null;
}

/** What AWS makes names of regions from. */
const directions: ReadonlySet<string> = new Set(['central', 'north', 'south', 'east', 'west', 'northeast', 'northwest', 'southeast', 'southwest', 'iso', 'isob', 'isoe', 'isof', 'gov', 'de']);
const areas: ReadonlySet<string> = new Set(knownRegions.map((region) => region.split('-', 1)[0] ?? ''));

/** Whether AWS could have opened it since this was written: known words, another number or combination. */
function couldBeNew(region: string): boolean {
  const [area = '', ...words] = region.split('-').slice(0, -1);
  return areas.has(area) && words.every((word) => directions.has(word));
}

/** That the region is one, that it may be deployed to, and that the identity is of its partition. Known before any call. */
export const region: Check<RegionSubject> = {
  id: 'region',
  run({ region: { value, source }, allowed, partition, endpoint }) {
    if (allowed.length > 0 && !allowed.includes(value)) {
      return fail('region', 'REGION_NOT_ALLOWED', `The region is ${value} (${source}), and context.takeoff.regions in cdk.json allows only ${allowed.join(', ')}.`, `Use one of those: ${otherRegion({ source }, allowed[0] ?? '')}`);
    }
    if (endpoint !== null) return pass('region', `${value} (${source})`);
    if (!knownRegions.includes(value)) return unknown(value, source);
    const home = partitionOfRegion(value);
    if (partition !== null && home !== partition) {
      return fail('region', 'BAD_REGION', `The region ${value} (${source}) is of the partition ${home}, and the credentials are of ${partition}.`, `Choose a region of ${partition}, for example: ${otherRegion({ source }, homeRegion(partition))}`);
    }
    return pass('region', `${value} (${source})`);
  },
};

function unknown(value: string, source: string): ReturnType<typeof warn> {
  const near = nearestRegion(value);
  if (couldBeNew(value)) return warn('region', `${value} (${source}) is no region that cdk-takeoff knows; AWS may have opened it since.`, near === null ? null : `Did you mean ${near}?`);
  return fail('region', 'BAD_REGION', `There is no region ${value} (${source}).`, near === null ? 'Give one such as us-west-2, for example: export AWS_DEFAULT_REGION="us-west-2"' : `Did you mean ${near}?`);
}
