import { variableIn, type Environment } from '../../process/environment';
import { registerSecret } from '../../secrets/registry';
import type { AwsVariables } from './aws-variables';
import { isLoopback } from './loopback';

/** The proxy that a variable names. */
export interface Proxy {
  /** As the person wrote it: `https_proxy`. */
  readonly variable: string;
  readonly url: URL;
}

/** In the order of Python's and CDK's own readers: lower case first, the proxy of all schemes last. */
const ofScheme = {
  'https:': ['https_proxy', 'HTTPS_PROXY', 'all_proxy', 'ALL_PROXY'],
  'http:': ['http_proxy', 'HTTP_PROXY', 'all_proxy', 'ALL_PROXY'],
} as const;

/** The credential endpoint and the local AWS are at the first. */
const loopback = ['127.0.0.1', 'localhost', '[::1]'];

/**
 * The variables of a proxy that count, with a scheme where a person left it out. What they hold of a password is
 * registered as secret.
 */
export function proxyVariables(environment: Environment): AwsVariables {
  const found: Record<string, string> = {};
  for (const name of [...ofScheme['https:'], ...ofScheme['http:']]) {
    const text = variableIn(environment, name);
    if (text === null) continue;
    found[name] = text.includes('://') ? text : `http://${text}`;
    registerPassword(found[name]);
  }
  const exempt = variableIn(environment, 'no_proxy') ?? variableIn(environment, 'NO_PROXY');
  return exempt !== null ? { ...found, NO_PROXY: exempt } : found;
}

function registerPassword(text: string): void {
  if (!URL.canParse(text)) return;
  const { username, password } = new URL(text);
  if (password === '') return;
  for (const secret of [text, `${username}:${password}`, password, decoded(`${username}:${password}`), decoded(password)]) registerSecret(secret);
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** Other loopback addresses that `aws` names as endpoints: a list of hosts has no room for all of them. */
function loopbackEndpoints(aws: Environment): string[] {
  const hosts = Object.entries(aws).flatMap(([name, url = '']) => (name.startsWith('AWS_ENDPOINT_URL') && URL.canParse(url) ? [new URL(url).hostname] : []));
  return hosts.filter(isLoopback);
}

/**
 * What never goes through a proxy: what NO_PROXY lists, and loopback. A domain stands there with and without its dot,
 * for readers differ in whether the one means the other.
 */
export function exemptHosts(aws: Environment): readonly string[] {
  const said = variableIn(aws, 'no_proxy') ?? variableIn(aws, 'NO_PROXY') ?? '';
  const entries = said.toLowerCase().split(/[\s,]+/).filter((entry) => entry !== '' && !loopback.includes(entry));
  return [...new Set([...entries.flatMap(bothForms), ...loopback, ...loopbackEndpoints(aws)])];
}

function bothForms(entry: string): string[] {
  const domain = entry.replace(/^\./, '');
  return /^[a-z][\w.-]*(?::\d+)?$/.test(domain) ? [domain, `.${domain}`] : [entry];
}

/**
 * The proxy through which `url` is reached; `null` where it is reached without.
 *
 * @param url its `hostname` with or without the brackets of an IPv6 address
 */
export function proxyFor(aws: AwsVariables, url: Pick<URL, 'protocol' | 'hostname' | 'port'>): Proxy | null {
  const secure = url.protocol === 'https:';
  if (isLoopback(url.hostname.replace(/^[^[].*:.*$/, '[$&]'))) return null;
  if (isExempt(url.hostname.toLowerCase(), url.port || (secure ? '443' : '80'), exemptHosts(aws))) return null;
  for (const variable of ofScheme[secure ? 'https:' : 'http:']) {
    const text = aws[variable];
    if (text !== undefined) return { variable, url: URL.canParse(text) ? new URL(text) : new URL('invalid:') };
  }
  return null;
}

/** As the CDK CLI reads its list. https://github.com/Rob--W/proxy-from-env */
function isExempt(host: string, port: string, entries: readonly string[]): boolean {
  return entries.some((entry) => {
    const [, name = entry, onlyPort] = /^(.+):(\d+)$/.exec(entry) ?? [];
    if (onlyPort !== undefined && onlyPort !== port) return false;
    return /^[.*]/.test(name) ? host.endsWith(name.replace(/^\*/, '')) : host === name;
  });
}

/** How a sentence names a proxy: without user name and password. */
export function shownProxy({ url, variable }: Proxy): string {
  return url.host === '' ? variable : `${url.protocol}//${url.host} (${variable})`;
}
