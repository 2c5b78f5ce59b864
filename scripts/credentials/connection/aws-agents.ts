import type { Agent as PlainAgent, ClientRequestArgs } from 'node:http';
import type { Agent as SecureAgent } from 'node:https';
import { usage } from '../../failures/failure';
import type { AwsVariables } from './aws-variables';
import { authoritiesOf } from './certificates';
import { proxyFor, type Proxy } from './proxy';
import { refusalOfPlainHttp } from './unencrypted';

/** How connections to AWS are made; one is absent where Node's own way does. */
export interface AwsAgents {
  readonly httpsAgent?: SecureAgent;
  readonly httpAgent?: PlainAgent;
}

/** Milliseconds until a proxy must have connected: less than a client's own patience, which cannot name the proxy. */
const patience = 4_000;

/**
 * Agents that trust what AWS_CA_BUNDLE has, and connect through the proxy that is set, with the method CONNECT.
 * Whether a host is exempt is decided at each connection, when its name is known. https://www.rfc-editor.org/rfc/rfc9110#section-9.3.6
 * Plain HTTP they speak on this machine, and elsewhere only where somebody has agreed to that: NOT_CONFIRMED.
 *
 * @throws Failure BAD_CONFIG_FILE where the bundle of certificates cannot be read
 */
export async function agentsFor(aws: AwsVariables): Promise<AwsAgents> {
  const ca = authoritiesOf(aws);
  const [httpsAgent, httpAgent] = await Promise.all([secureAgent(aws, ca), plainAgent(aws, ca)]);
  return { ...(httpsAgent === null ? {} : { httpsAgent }), httpAgent };
}

async function secureAgent(aws: AwsVariables, ca: string | null): Promise<SecureAgent | null> {
  const proxy = proxyFor(aws, { protocol: 'https:', hostname: '', port: '' });
  if (proxy === null && ca === null) return null;
  const { Agent } = await import('node:https');
  const trust = ca === null ? {} : { ca };
  if (proxy === null) return new Agent({ keepAlive: true, ...trust });
  const { HttpsProxyAgent } = await import('hpagent');
  return choosing(new HttpsProxyAgent({ keepAlive: true, ...trust, proxy: proxy.url, ...toProxy(ca) }), Agent, 'https:', aws);
}

async function plainAgent(aws: AwsVariables, ca: string | null): Promise<PlainAgent> {
  const proxy = proxyFor(aws, { protocol: 'http:', hostname: '', port: '' });
  const { Agent } = await import('node:http');
  if (proxy === null) return guarded(new Agent({ keepAlive: true }));
  const { HttpProxyAgent } = await import('hpagent');
  return guarded(choosing(new HttpProxyAgent({ keepAlive: true, proxy: proxy.url, ...toProxy(ca) }), Agent, 'http:', aws));
}

/** Whoever sends, the SDK's own clients too: here all of it has to come through, and nothing has been sent yet. */
function guarded(agent: PlainAgent): PlainAgent {
  const open = agent.createConnection.bind(agent);
  agent.createConnection = (options, callback) => {
    const refusal = refusalOfPlainHttp(options.host ?? 'localhost', options.port ?? 80);
    if (refusal === null) return open(options, callback);
    (callback as (error: Error) => void)(refusal);
    return undefined;
  };
  return agent;
}

/** A proxy that is reached by https is trusted by the same authorities. */
function toProxy(ca: string | null): { readonly proxyRequestOptions?: { readonly ca: string[] } } {
  return ca === null ? {} : { proxyRequestOptions: { ca: [ca] } };
}

/** Lets `agent` go through its proxy but for hosts that are exempt, and marks what the proxy fails with as the proxy's. */
function choosing<Chosen extends PlainAgent>(agent: Chosen, own: { readonly prototype: PlainAgent }, protocol: 'https:' | 'http:', aws: AwsVariables): Chosen {
  const through = agent.createConnection.bind(agent);
  const direct = own.prototype.createConnection.bind(agent);
  agent.createConnection = (options, callback) => {
    const proxy = proxyFor(aws, { protocol, hostname: options.host ?? '', port: String(options.port ?? '') });
    if (proxy === null) return direct(options, callback);
    const unusable = refusalOf(proxy);
    const failed = (error: Error): void => { (callback as (error: Error) => void)(error); };
    if (unusable !== null) failed(unusable);
    else through({ ...options, timeout: patience } satisfies ClientRequestArgs, (error, stream) => { if (error === null) callback?.(null, stream); else failed(ofProxy(error)); });
    return undefined;
  };
  return agent;
}

/** The proof and CDK must take the same way, and ours knows one kind of proxy. */
function refusalOf({ url, variable }: Proxy): Error | null {
  if (url.protocol === 'http:' || url.protocol === 'https:') return null;
  const kind = url.protocol === 'invalid:' ? 'is not a URL' : `names a proxy of the kind ${url.protocol.slice(0, -1)}`;
  return usage(`${variable} ${kind}, and AWS is reached through http and https proxies only.`, `Give an HTTP proxy: export ${variable}=http://proxy.example:3128   (or, to go without it: unset ${variable})`);
}

/** An error of Node whose cause says by its name that it is the proxy's. Its own name the SDK changes; by its code the SDK tries again. */
function ofProxy({ message, code = '' }: Error & { readonly code?: string }): Error {
  const cause = Object.assign(new Error(message), { name: 'ProxyError', code });
  return Object.assign(new Error(message, { cause }), { code });
}
