import { shownProxy } from '../connection/proxy';
import type { Refusal, Told } from './refusal-row';
import { host, notJudged, unreachable } from './refusal-words';

/** What a proxy answered to CONNECT, where it was no 200. */
function statusOf({ fact }: Told): number {
  return Number(/^Bad response: (\d{3})$/.exec(fact.message)?.[1] ?? 0);
}

function why(told: Told): string {
  const status = statusOf(told);
  if (status === 407) return 'wants a user name and a password, or does not accept those that it was given (HTTP 407)';
  if (status !== 0) return `does not connect to ${host(told)} (HTTP ${status})`;
  const { code, message } = told.fact;
  if (message === 'Proxy timeout') return 'cannot be reached: it did not answer in time';
  return `cannot be reached: ${unreachable.get(code) ?? (/^[A-Z_]{3,60}$/.test(code) ? `the connection to it failed (${code})` : 'it does not speak HTTP')}`;
}

function fix(told: Told): string {
  const { variable = 'HTTPS_PROXY', url } = told.proxy ?? {};
  const without = 'Where AWS is reached without it: export NO_PROXY=.amazonaws.com';
  const status = statusOf(told);
  if (status === 407) return `export ${variable}=${url?.protocol ?? 'http:'}//USER:PASSWORD@${url?.host ?? 'proxy.example:3128'}   (percent-encode what is special in them). ${without}`;
  return status === 0 ? `Correct it: export ${variable}=http://proxy.example:3128   (or unset ${variable}). ${without}` : `Let whoever runs the proxy allow that host, port 443. ${without}`;
}

/** What a proxy fails with before it has connected. What goes wrong behind it is AWS's row. */
export const proxyRefusals: readonly Refusal[] = [
  {
    code: 'NETWORK_UNREACHABLE',
    names: new Set(['ProxyError']),
    say: (told) => ({
      message: `The proxy ${told.proxy === null ? 'that is set' : shownProxy(told.proxy)} ${why(told)}. AWS was not reached.${notJudged(told)}`,
      fix: fix(told),
    }),
  },
];
