import type { AwsVariables } from './aws-variables';

/**
 * What to say of a proxy that is set: the AWS SDK connects directly, while CDK goes through the proxy. `null` where
 * none is set, or NO_PROXY takes AWS out.
 */
export function proxyWarning(aws: AwsVariables): string | null {
  const name = ['HTTPS_PROXY', 'https_proxy'].find((variable) => aws[variable] !== undefined);
  const endpoint = aws['AWS_ENDPOINT_URL_STS'] ?? aws['AWS_ENDPOINT_URL'];
  const host = endpoint === undefined ? 'sts.amazonaws.com' : new URL(endpoint).hostname;
  if (name === undefined || endpoint?.startsWith('http:') || isExempt(host, aws['NO_PROXY'] ?? aws['no_proxy'] ?? '')) return null;
  return `${name} is set: the credentials are proved over a direct connection, and not through that proxy, which CDK uses.`;
}

/** Whether a list such as `localhost,.example.com,*` has `host` or a domain that it is in. */
function isExempt(host: string, list: string): boolean {
  return list.split(/[\s,]+/).filter(Boolean).some((entry) => {
    const domain = entry.replace(/^\*?\.?/, '').replace(/:\d+$/, '');
    return entry === '*' || host === domain || (domain !== '' && host.endsWith(`.${domain}`));
  });
}
