import { Failure } from '../../failures/failure';
import type { Found, Surroundings } from '../source';
import { isLoopback } from './loopback';

/** An endpoint that lies beyond a network and is reached by plain HTTP. */
export interface Unencrypted {
  /** `http://10.0.0.5:4566` */
  readonly origin: string;
  /** What names it: `AWS_ENDPOINT_URL`, `endpoint_url of profile dev`. */
  readonly namedBy: readonly string[];
}

/** Origins that a person, or `--yes`, has agreed to in this run. */
const agreed = new Set<string>();

/** From now on requests may go to `origin`, unencrypted. */
export function agreeToUnencrypted(origin: string): void {
  agreed.add(origin);
}

/** Whether that was agreed to. */
export function isAgreedTo(origin: string): boolean {
  return agreed.has(origin);
}

/** Forgets all of it. For tests. */
export function forgetAgreements(): void {
  agreed.clear();
}

/** The endpoints of what was found at which tokens, and the keys that STS answers with, can be read on the way. */
export function unencryptedEndpoints({ aws, profile }: Pick<Found, 'aws' | 'profile'>, environment: Surroundings['environment']): readonly Unencrypted[] {
  const origins = new Map<string, string[]>();
  for (const [variable, url] of Object.entries(aws)) {
    if (!variable.startsWith('AWS_ENDPOINT_URL') || !URL.canParse(url)) continue;
    const { protocol, hostname, origin } = new URL(url);
    if (protocol !== 'http:' || isLoopback(hostname)) continue;
    const setting = variable === 'AWS_ENDPOINT_URL' ? 'endpoint_url' : 'services';
    const name = environment[variable]?.trim() || profile === null ? variable : `${setting} of profile ${profile}`;
    origins.set(origin, [...new Set([...origins.get(origin) ?? [], name])]);
  }
  return [...origins].map(([origin, namedBy]) => ({ origin, namedBy }));
}

/** How a sentence calls them: `http://10.0.0.5:4566 (AWS_ENDPOINT_URL)`. */
export function shownUnencrypted(endpoints: readonly Unencrypted[]): string {
  return endpoints.map(({ origin, namedBy }) => `${origin} (${namedBy.join(', ')})`).join(' and ');
}

/**
 * Why no connection for plain HTTP is opened to `host`, whoever wants it; `null` where it stays on this machine or was
 * agreed to.
 *
 * @param host without the brackets of an IPv6 address, as Node has it
 */
export function refusalOfPlainHttp(host: string, port: number | string): Failure | null {
  const { hostname, origin } = new URL(`http://${host.includes(':') ? `[${host}]` : host}:${port}`);
  if (isLoopback(hostname) || agreed.has(origin)) return null;
  return new Failure({
    code: 'NOT_CONFIRMED',
    message: `Nothing was sent to ${origin}: it is reached by plain HTTP, and by no loopback address, so that whoever is on the way could read it, and nobody has agreed to that.`,
    fix: 'Give it as https://. Or name it in AWS_ENDPOINT_URL, or in the profile that is used: then it is asked whether you agree.',
  });
}
