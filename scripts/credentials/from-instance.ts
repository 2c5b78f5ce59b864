import { Failure, usage } from '../failures/failure';
import { variableIn, type Environment } from '../process/environment';
import { resolveAwsVariables } from './connection/aws-settings';
import { askInstance } from './machine/instance-metadata';
import { isEc2 } from './machine/is-ec2';
import { memoize } from './memoize';
import type { Credentials, Source } from './source';

/**
 * Where the metadata service is, as far as it is worth asking: where a variable names it, or the firmware says that
 * this is EC2.
 *
 * @throws Failure USAGE
 */
function endpointOf(environment: Environment, dmi: string): URL | { readonly absent: string } {
  if (variableIn(environment, 'AWS_EC2_METADATA_DISABLED')?.toLowerCase() === 'true') return { absent: 'AWS_EC2_METADATA_DISABLED is true' };
  const named = variableIn(environment, 'AWS_EC2_METADATA_SERVICE_ENDPOINT');
  if (named !== null) {
    if (/^https?:\/\/[^\s/]/.test(named) && URL.canParse(named)) return new URL(named);
    throw usage('AWS_EC2_METADATA_SERVICE_ENDPOINT is not a URL that begins with http:// or https://.', 'Correct it, or unset it: unset AWS_EC2_METADATA_SERVICE_ENDPOINT');
  }
  if (!isEc2(dmi)) return { absent: 'this machine is no EC2 instance' };
  const ipv6 = variableIn(environment, 'AWS_EC2_METADATA_SERVICE_ENDPOINT_MODE')?.toLowerCase() === 'ipv6';
  return new URL(ipv6 ? 'http://[fd00:ec2::254]' : 'http://169.254.169.254');
}

/** @throws Failure */
async function renewed(endpoint: URL): Promise<Credentials> {
  const role = await askInstance(endpoint);
  if (role.kind === 'session') return role.credentials;
  throw new Failure({ code: 'NETWORK_UNREACHABLE', message: `The session of the instance role cannot be renewed: ${role.why}.`, fix: 'Run the same command again in a minute.' });
}

/**
 * The role of the EC2 instance that this runs on.
 *
 * @param dmi where Linux shows what the firmware says
 */
export function fromInstance(dmi = '/sys/devices/virtual/dmi'): Source {
  return {
    title: 'instance role',
    async find({ environment }) {
      const endpoint = endpointOf(environment, dmi);
      if ('absent' in endpoint) return { kind: 'absent', why: endpoint.absent };
      const role = await askInstance(endpoint);
      if (role.kind === 'none') return { kind: 'absent', why: role.why };
      let first: Credentials | null = role.credentials;
      const provider = memoize(async () => {
        const credentials = first ?? await renewed(endpoint);
        first = null;
        return credentials;
      });
      const region = role.region === null ? null : { value: role.region, source: 'instance' };
      return { kind: 'found', found: { source: 'instance', renews: true, profile: null, title: 'instance role', provider, region, aws: resolveAwsVariables(environment, null) } };
    },
  };
}
