import { keyExports } from '../keys';
import { Failure } from '../../failures/failure';
import { variableIn, type Environment } from '../../process/environment';
import { containerEndpoint } from '../machine/container-endpoint';
import type { AwsFiles } from './aws-files';
import type { Profile } from './profile';
import { endOfChain } from './chain';

/** What lacks where a role is assumed with something of this machine's, and what to do about it. */
interface Lack {
  readonly message: string;
  readonly fix: string;
}

const otherKind = 'Or use a profile of another kind:\nnpm run preflight -- --list-profiles   (shows them)';

const lacks: ReadonlyMap<string, (environment: Environment) => Lack | null> = new Map<string, (environment: Environment) => Lack | null>([
  ['Environment', (environment) => {
    const missing = ['AWS_ACCESS_KEY_ID', 'AWS_SECRET_ACCESS_KEY'].find((name) => variableIn(environment, name) === null);
    return missing === undefined ? null : { message: `${missing} is not set`, fix: `Set the keys with which the role is assumed:\n${keyExports}   (with temporary ones)\n${otherKind}` };
  }],
  ['EcsContainer', (environment) => (containerEndpoint(environment) === null ? { message: 'this is no container to which AWS gives a role: AWS_CONTAINER_CREDENTIALS_RELATIVE_URI and AWS_CONTAINER_CREDENTIALS_FULL_URI are not set', fix: `Run it in that container.\n${otherKind}` } : null)],
  ['Ec2InstanceMetadata', (environment) => (variableIn(environment, 'AWS_EC2_METADATA_DISABLED')?.toLowerCase() === 'true' ? { message: 'AWS_EC2_METADATA_DISABLED is true', fix: `On an EC2 instance that has a role: unset AWS_EC2_METADATA_DISABLED\n${otherKind}` } : null)],
]);

/**
 * That what a profile's `credential_source` names is there, as far as variables tell.
 *
 * @throws Failure NO_CREDENTIALS
 */
export function verifySourceIsThere(profile: Profile, files: Pick<AwsFiles, 'profiles'>, environment: Environment): void {
  const { name, where, properties } = endOfChain(profile, files);
  const source = properties.get('credential_source') ?? '';
  const lack = lacks.get(source)?.(environment) ?? null;
  if (lack !== null) throw new Failure({ code: 'NO_CREDENTIALS', message: `Profile ${name} (${where}) has credential_source = ${source}, and ${lack.message}.`, fix: lack.fix });
}

/** What to say where an instance was to give the credentials, and did not. `null` for profiles of another kind. */
export function noInstanceRole(profile: Profile, files: Pick<AwsFiles, 'profiles'>): Failure | null {
  const { name, where, properties } = endOfChain(profile, files);
  if (properties.get('credential_source') !== 'Ec2InstanceMetadata') return null;
  return new Failure({
    code: 'NO_CREDENTIALS',
    message: `Profile ${name} (${where}) has credential_source = Ec2InstanceMetadata, and the metadata service of an EC2 instance gave no role's credentials here.`,
    fix: `Run it on an EC2 instance that has a role.\n${otherKind}`,
  });
}
