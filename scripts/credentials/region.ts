import { nearest } from '../configuration/nearest';
import { Failure } from '../failures/failure';
import { knownRegions, regionPattern } from './regions';
import type { Found, Region, Surroundings } from './source';

function said(value: string | null | undefined, source: string): Region | null {
  const region = value?.trim() ?? '';
  return region === '' ? null : { value: region, source };
}

/**
 * The region of the run: `--region`, that of `--env`, AWS_REGION, AWS_DEFAULT_REGION, then the one that came with the credentials.
 * Some credentials have a region that no variable changes. `null` where nobody says one.
 */
export function resolveRegion(surroundings: Surroundings, found: Pick<Found, 'region' | 'ownRegion'> | null): Region | null {
  const { environment, options, target } = surroundings;
  const ofVariables = found?.ownRegion === true
    ? null
    : said(environment['AWS_REGION'], 'AWS_REGION') ?? said(environment['AWS_DEFAULT_REGION'], 'AWS_DEFAULT_REGION');
  return said(options.region, '--region') ?? said(target?.region, `--env ${target?.name}`) ?? ofVariables ?? said(found?.region?.value, found?.region?.source ?? '');
}

/** The known region that `value` is most likely a typing error of. `null` for a known one, and where none is near. */
export function nearestRegion(value: string): string | null {
  return knownRegions.includes(value) ? null : nearest(value, knownRegions);
}

/**
 * That `value` can be the name of a region. One that AWS may have opened since passes.
 *
 * @throws Failure BAD_REGION
 */
export function verifyRegionShape(value: string): void {
  if (regionPattern.test(value)) return;
  const near = nearestRegion(value);
  throw new Failure({
    code: 'BAD_REGION',
    message: `${JSON.stringify(value)} is not the name of an AWS region.`,
    fix: near === null ? 'Give one such as us-west-2, for example: export AWS_DEFAULT_REGION="us-west-2"' : `Did you mean ${near}?`,
  });
}
