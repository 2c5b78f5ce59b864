import { randomUUID } from 'node:crypto';
import { registerSecret } from '../../secrets/registry';

/** Lambda's metadata endpoint, of one process of a function. */
export interface Metadata {
  readonly path: string;
  readonly token: string;
  answer(method: string, authorization: string | undefined): { readonly status: number; readonly headers?: Readonly<Record<string, string>>; readonly body: object };
}

/** @see https://docs.aws.amazon.com/lambda/latest/dg/configuration-metadata-endpoint.html */
export function openMetadata(region: string): Metadata {
  const token = randomUUID();
  registerSecret(token);
  return {
    path: '/2026-01-15/metadata/execution-environment',
    token,
    answer(method, authorization) {
      if (method !== 'GET') return { status: 405, body: { message: 'Method Not Allowed' } };
      if (authorization !== `Bearer ${token}`) return { status: 401, body: { message: 'Unauthorized' } };
      return { status: 200, headers: { 'cache-control': 'private, max-age=43200, immutable' }, body: { AvailabilityZoneID: zoneOf(region) } };
    },
  };
}

/**
 * The first zone of the region: `usw2-az1` of us-west-2. Everything of the local AWS is in one.
 *
 * @see https://docs.aws.amazon.com/global-infrastructure/latest/regions/az-ids.html
 */
function zoneOf(region: string): string {
  return `${region.split('-').map((part) => short[part] ?? part).join('')}-az1`;
}

const short: Readonly<Partial<Record<string, string>>> = {
  gov: 'g', north: 'n', east: 'e', south: 's', west: 'w', central: 'c', northeast: 'ne', northwest: 'nw', southeast: 'se', southwest: 'sw',
};
