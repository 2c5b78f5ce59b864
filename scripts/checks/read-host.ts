import { inCi } from '../ci/in-ci';
import { isEc2 } from '../credentials/machine/is-ec2';
import { variableIn, type Environment } from '../process/environment';

/** Where a run takes place, as far as it matters to the kind of keys. */
export type Host =
  | { readonly kind: 'desk' }
  | { readonly kind: 'ci' }
  /** Where AWS gives a role by itself. */
  | { readonly kind: 'aws'; readonly role: string };

/**
 * Tells CI, and machines of AWS, from a person's desk: by variables and what the firmware says, without a call.
 *
 * @param dmi where Linux shows what the firmware says
 */
export function readHost(environment: Environment, dmi = '/sys/devices/virtual/dmi'): Host {
  const has = (name: string): boolean => variableIn(environment, name) !== null;
  const hasContainerRole = has('AWS_CONTAINER_CREDENTIALS_RELATIVE_URI') || has('AWS_CONTAINER_CREDENTIALS_FULL_URI');
  if (has('CODEBUILD_BUILD_ID')) return { kind: 'aws', role: 'the service role of this CodeBuild project' };
  if (inCi(environment)) return { kind: 'ci' };
  if (hasContainerRole) return { kind: 'aws', role: has('ECS_CONTAINER_METADATA_URI_V4') ? 'the task role of this ECS task' : 'the role of this container' };
  const role = variableIn(environment, 'AWS_ROLE_ARN');
  if (role !== null && has('AWS_WEB_IDENTITY_TOKEN_FILE')) return { kind: 'aws', role: `the role ${role}` };
  return isEc2(dmi) ? { kind: 'aws', role: 'the role of this EC2 instance' } : { kind: 'desk' };
}
