import type { Told } from './refusal-row';

const network = 'Look at your network, VPN and proxy, then run the same command again. Your credentials are not at fault.';

/** What names the endpoint of one's own that is meant, with its verb, and how to go without. */
function namers({ aws, endpoint, found, service = 'sts' }: Told): { readonly named: string; readonly without: string } {
  const variables = [`AWS_ENDPOINT_URL_${service.toUpperCase()}`, 'AWS_ENDPOINT_URL'].filter((name) => aws[name] === endpoint);
  return found?.profile
    ? { named: `${variables.join(', ')} or profile ${found.profile} (endpoint_url, services) names`, without: 'take it out there.' }
    : { named: `${variables.join(' and ')} ${variables.length === 1 ? 'names' : 'name'}`, without: `go without it: unset ${variables.join(' ')}` };
}

function advice(told: Told, what: string): string {
  const { named, without } = namers(told);
  return `${what} ${told.endpoint}, which ${named}, or ${without}`;
}

/** What to do where nothing answers: with an endpoint of one's own it is that, and not the network. */
export function reachEndpoint(told: Told): string {
  return told.endpoint === null ? network : advice(told, 'Start what serves');
}

/**
 * What to do where something answered, and not as AWS does.
 *
 * @param ofAws the same for AWS's own endpoints
 */
export function lookAtEndpoint(told: Told, ofAws: string = network): string {
  return told.endpoint === null ? ofAws : advice(told, 'Look at what serves');
}

/** What to do where the name that was asked for has a certificate of another. */
export function correctEndpoint(told: Told): string {
  const next = 'Look at what NO_PROXY and the name server lead to.';
  return told.endpoint === null ? next : `Correct the name in the endpoint, which ${namers(told).named}. ${next}`;
}

/** What to do where an endpoint of one's own does not know a key. */
export function giveKeyOfEndpoint(told: Told): string {
  return advice(told, 'Give a key of');
}
