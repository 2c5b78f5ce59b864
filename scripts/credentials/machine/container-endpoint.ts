import { usage } from '../../failures/failure';
import { variableIn, type Environment } from '../../process/environment';
import { isLoopback } from '../connection/loopback';

/** Of ECS, and of EKS Pod Identity over IPv4 and IPv6. */
const linkLocal = new Set(['169.254.170.2', '169.254.170.23', '[fd00:ec2::23]']);

/**
 * Where the environment says that the credentials of this container are; `null` where it says nothing. Without TLS only
 * loopback and the two addresses of AWS are asked, as the SDK does: the token goes there.
 * https://docs.aws.amazon.com/sdkref/latest/guide/feature-container-credentials.html
 *
 * @throws Failure USAGE
 */
export function containerEndpoint(environment: Environment): URL | null {
  const relative = variableIn(environment, 'AWS_CONTAINER_CREDENTIALS_RELATIVE_URI');
  const full = variableIn(environment, 'AWS_CONTAINER_CREDENTIALS_FULL_URI');
  if (relative !== null) return urlOf('AWS_CONTAINER_CREDENTIALS_RELATIVE_URI', relative.startsWith('/') ? `http://169.254.170.2${relative}` : '');
  return full === null ? null : urlOf('AWS_CONTAINER_CREDENTIALS_FULL_URI', full);
}

function urlOf(variable: string, text: string): URL {
  const url = URL.canParse(text) ? new URL(text) : null;
  if (url?.protocol === 'https:' || (url?.protocol === 'http:' && (linkLocal.has(url.hostname) || isLoopback(url.hostname)))) return url;
  throw usage(
    url?.protocol === 'http:' ? `${variable} names the host ${url.hostname}, and a token would go there unencrypted.` : `${variable} has no address that credentials could come from.`,
    `It is set by ECS, EKS and CloudShell, and names loopback, 169.254.170.2, 169.254.170.23, [fd00:ec2::23], or a host by https. To go on without it: unset ${variable}`,
  );
}
