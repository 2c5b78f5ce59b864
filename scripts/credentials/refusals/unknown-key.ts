import { isTemporaryKeyId, maskAccessKeyId } from '../../secrets/key-shapes';
import { environmentOfRegion } from '../other-region';
import type { Said, Told } from './refusal-row';
import { giveKeyOfEndpoint } from './endpoint-advice';
import { byEnvironment, enableRegion } from './refusal-words';
import { regionsOfPartitions, partitionOfRegion } from '../regions';
import { renewalOf } from '../renewal';

/** STS of AWS's own gives base64; one that an emulator gives may be anything. */
function isDamaged(token: string, endpoint: string | null): boolean {
  return endpoint === null && (token.length % 4 !== 0 || !/^[A-Za-z0-9+/]+={0,2}$/.test(token));
}

/** In which partitions else the key could be. */
function otherPartitions({ region, regionSource = '' }: Told): string {
  const environment = environmentOfRegion({ source: regionSource });
  if (environment !== null) return `keys of one partition are unknown in the others (look at "region" of environments.${environment} in cdk.json)`;
  const own = partitionOfRegion(region ?? '');
  const homes = (['aws', 'aws-cn', 'aws-us-gov'] as const).filter((partition) => partition !== own).map((partition) => `--region ${regionsOfPartitions[partition][0]}`);
  return `keys of one partition are unknown in the others (try ${homes.join(' or ')})`;
}

/** What there is besides keys that are wrong in themselves, the likelier first. */
function causesOfPlace(told: Told): string[] {
  const { region, home, endpoint } = told;
  if (endpoint !== null) return [`it is none of ${endpoint}, which keeps keys of its own`];
  const partition = `it is of another partition: ${otherPartitions(told)}`;
  return home === null || home === undefined ? [`the region ${region ?? ''} is not enabled for the account`, partition] : [partition];
}

/** The fault of a refused key id: what it is and what belongs to it say which is the likeliest. */
function causes(told: Told, hasToken: boolean): string[] {
  const ofKey = hasToken ? ['its session token is of another key or was cut', 'the session was revoked'] : ['it was deleted or switched off', 'a letter of it is wrong'];
  const ofPlace = causesOfPlace(told);
  const elsewhere = told.endpoint !== null || partitionOfRegion(told.region ?? '') !== 'aws';
  return elsewhere ? [...ofPlace, ...ofKey] : [...ofKey, ...ofPlace];
}

function ofRegion(told: Told, key: string, home: string, hasToken: boolean): Said {
  const region = told.region ?? '';
  const global = hasToken ? `, or the session came from the global endpoint of STS, whose sessions count in regions that are enabled by default only` : '';
  return {
    code: 'REGION_DISABLED',
    message: `AWS knows ${key} in ${home}, and not in ${region}${byEnvironment(told)}: that region is not enabled for the account${global}.`,
    fix: enableRegion(told, home),
  };
}

/** What to say where AWS does not know the key: the likeliest of the causes first. */
export function unknownKey(told: Told): Said {
  const { title, credentials, found, home } = told;
  const id = credentials?.accessKeyId ?? '';
  const token = credentials?.sessionToken;
  const key = id === '' ? `the access key of ${title}` : `the access key ${maskAccessKeyId(id)} (${title})`;
  if (token === undefined && isTemporaryKeyId(id)) {
    return { message: `AWS does not know ${key}: it is of temporary credentials, and the session token that belongs to it is missing.`, fix: `Give the token as well. ${renewalOf(found ?? null)}` };
  }
  if (home?.known === true) return ofRegion(told, key, home.region, token !== undefined);
  if (token !== undefined && id.startsWith('AKIA')) {
    return { message: `AWS does not accept ${key}: it is a long-term key, and beside it stands the session token of another one.`, fix: found?.source === 'environment' ? 'unset AWS_SESSION_TOKEN' : `Take the session token out of ${title}.` };
  }
  if (token !== undefined && isDamaged(token, told.endpoint)) {
    return { code: 'INVALID_SESSION_TOKEN', message: `AWS does not accept the session token beside ${key}: it is not whole, for a token of AWS is base64 to its end.`, fix: `Copy the whole token again. ${renewalOf(found ?? null)}` };
  }
  const [likeliest = '', ...others] = causes(told, token !== undefined);
  const asked = home?.known === false && home.region !== told.region ? ` STS in ${home.region} does not know it either, so that the region is not at fault.` : '';
  return {
    message: `AWS does not know ${key}. Most likely ${likeliest}; else ${others.join(', or ')}.${asked}`,
    fix: waysOut(told, token !== undefined),
  };
}

function waysOut(told: Told, hasToken: boolean): string {
  const again = `Copy key id, secret and token again, all three. ${renewalOf(told.found ?? null)}`;
  if (told.endpoint !== null) return hasToken ? `${giveKeyOfEndpoint(told)}\nElse: ${again}` : giveKeyOfEndpoint(told);
  return hasToken ? again : 'Look the key up in the console (IAM, Security credentials), and give one that is active.';
}
