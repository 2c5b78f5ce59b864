import type { Region } from './source';

/** The environment of cdk.json that says the region, `null` where something else does. */
export function environmentOfRegion({ source }: Pick<Region, 'source'>): string | null {
  return /^--env (.+)$/.exec(source)?.[1] ?? null;
}

/** How a run is led to the region `other`, to end a sentence: beside an environment that says one, another `--region` is refused. */
export function otherRegion(region: Pick<Region, 'source'>, other: string): string {
  const environment = environmentOfRegion(region);
  return environment === null ? `add -- --region ${other}` : `write "region": "${other}" in environments.${environment} of cdk.json`;
}
