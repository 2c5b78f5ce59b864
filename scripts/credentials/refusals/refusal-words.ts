import { shellWord } from '../../process/shell-word';
import { shownProxy } from '../connection/proxy';
import { environmentOfRegion, otherRegion } from '../other-region';
import { lookAtEndpoint, reachEndpoint } from './endpoint-advice';
import type { Said, Told } from './refusal-row';
import { nearestRegion } from '../region';

/** What could not be reached, or did not answer as it should. */
export function host({ fact, endpoint, region, service, url }: Told): string {
  return fact.host ?? url?.host ?? (endpoint === null ? `${service ?? 'sts'}.${region ?? 'us-east-1'}.amazonaws.com` : new URL(endpoint).host);
}

/** What a failed proof leaves open: only STS judges credentials. Another service is asked with those that it has accepted. */
export function notJudged({ service = 'sts', url }: Told): string {
  return service === 'sts' && url === undefined ? ' The credentials were not judged.' : '';
}

/** Which proxy stands between, for a sentence. */
export function through({ proxy }: Told): string {
  return proxy === null ? '' : `. It is reached through the proxy ${shownProxy(proxy)}`;
}

/** The option with which the AWS CLI means the same profile, behind a space; nothing where none is meant. */
export function profileOption({ found }: Told): string {
  return found?.profile ? ` --profile ${shellWord(found.profile)}` : '';
}

/** The command that logs in: of a role, to the profile that its credentials come from, for the AWS CLI logs in to no other. */
export function loginCommand(told: Told, command: 'aws sso login' | 'aws login'): string {
  const renewal = told.found?.renewal;
  return renewal?.startsWith(`${command} `) === true ? renewal : `${command}${profileOption(told)}`;
}

/** Why something cannot be reached, by Node's code or the SDK's name, for the end of a sentence. */
export const unreachable: ReadonlyMap<string, string> = new Map([
  ['ENOTFOUND', 'its name cannot be resolved'],
  ['EAI_AGAIN', 'its name cannot be resolved for now'],
  ['ECONNREFUSED', 'it refuses connections'],
  ['ECONNRESET', 'it broke the connection'],
  ['EPIPE', 'it broke the connection'],
  ['EHOSTUNREACH', 'no route leads there'],
  ['ENETUNREACH', 'no route leads there'],
  ['ETIMEDOUT', 'it did not answer in time'],
  ['TimeoutError', 'it did not answer in time'],
]);

/** Which environment of cdk.json says the region, for a sentence about it: no option of this command did. */
export function byEnvironment({ regionSource }: Told): string {
  return regionSource === undefined || environmentOfRegion({ source: regionSource }) === null ? '' : ` (${regionSource})`;
}

/** How a region is enabled for the account, or `other` is taken in its place. */
export function enableRegion({ region, regionSource = '' }: Told, other: string): string {
  return `Enable it: aws account enable-region --region-name ${region ?? 'REGION'}   (or choose another: ${otherRegion({ source: regionSource }, other)})`;
}

/** A clock that is off, and how it is set. By how much, in milliseconds, is 0 where it is not known. */
export function clockSkew({ clockOffsetMs = 0 }: Pick<Told, 'clockOffsetMs'>): Said {
  const minutes = Math.round(Math.abs(clockOffsetMs) / 60_000);
  const off = minutes === 0 ? 'differs by minutes from' : `is ${minutes} ${minutes === 1 ? 'minute' : 'minutes'} ${clockOffsetMs > 0 ? 'behind' : 'ahead of'}`;
  return { message: `The clock of this machine ${off} AWS's, and AWS refuses requests that are more than five minutes off.`, fix: 'Set it: sudo timedatectl set-ntp true   (macOS: sudo sntp -sS time.apple.com; WSL: sudo hwclock -s)' };
}

export function accessDenied(told: Told): Said {
  const action = /perform: ([a-z0-9-]+:\w+)/i.exec(told.fact.message)?.[1];
  const role = /on resource: (arn:[\w:/+=,.@-]+)/i.exec(told.fact.message)?.[1];
  const what = action === undefined ? 'the call' : `${action}${role === undefined ? '' : ` on ${role}`}`;
  return {
    message: `AWS refused ${what} to ${told.title}.`,
    fix: action === 'sts:AssumeRole'
      ? `The trust policy of ${role ?? 'the role'} must name who asks, and who asks must be allowed sts:AssumeRole on it.`
      : 'Ask for that permission, or use other credentials: add -- --profile NAME',
  };
}

/** The rarer ones of Node's: a firewall or a sandbox of this machine, an address that it has not got. */
function failedConnection({ fact: { code, message } }: Told): string {
  if (/\bconnect (?:EACCES|EPERM)\b/.test(message)) return 'a firewall or a sandbox of this machine forbids the connection';
  return /^E[A-Z]{3,20}$/.test(code) ? `the connection failed (${code})` : 'it did not answer';
}

export function networkUnreachable(told: Told): Said {
  const name = host(told);
  const near = told.region === null || told.endpoint !== null ? null : nearestRegion(told.region);
  if (near !== null && (told.fact.code === 'ENOTFOUND' || told.fact.code === 'EAI_AGAIN') && name.includes(told.region ?? '')) {
    return { code: 'BAD_REGION', message: `There is no ${name}: ${told.region} is not a region that AWS names.`, fix: `Did you mean ${near}?` };
  }
  const named = [...unreachable.keys()].find((code) => told.fact.message.includes(code)) ?? '';
  const why = unreachable.get(told.fact.code) ?? unreachable.get(told.fact.name) ?? unreachable.get(named) ?? failedConnection(told);
  const where = told.endpoint !== null && new URL(told.endpoint).host === name ? '' : `${name}: `;
  return { message: `${told.endpoint ?? 'AWS'} cannot be reached: ${where}${why}${through(told)}.${notJudged(told)}`, fix: reachEndpoint(told) };
}

export function throttled(told: Told): Said {
  return {
    message: `${told.endpoint ?? 'AWS'} is asked too often (${told.fact.code || told.fact.name}), and refused three attempts.${notJudged(told)}`,
    fix: 'Run the same command again in a minute.',
  };
}

export function unavailable(told: Told): Said {
  const status = told.fact.status === 0 ? '' : ` (HTTP ${told.fact.status})`;
  return {
    message: `${told.endpoint ?? 'AWS'} did not answer as AWS does${status}, after three attempts${through(told)}.${notJudged(told)}`,
    fix: lookAtEndpoint(told, 'Run the same command again in a minute. Behind a proxy or the login page of a network, log in there first. https://health.aws.amazon.com shows whether AWS has a fault.'),
  };
}
