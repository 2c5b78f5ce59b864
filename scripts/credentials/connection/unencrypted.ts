import type { AwsVariables } from './aws-variables';
import { isLoopback } from './loopback';

/** The endpoints of `aws`, as variables, that are reached by plain HTTP over a network: session tokens can be read on the way. */
export function unencryptedEndpoints(aws: AwsVariables): string[] {
  return Object.entries(aws).flatMap(([name, url]) => {
    if (!name.startsWith('AWS_ENDPOINT_URL') || !URL.canParse(url)) return [];
    const { protocol, hostname, origin } = new URL(url);
    return protocol === 'http:' && !isLoopback(hostname) ? [`${name}=${origin}`] : [];
  });
}
