import { variableIn } from '../process/environment';
import { resolveAwsVariables } from './connection/aws-settings';
import { askContainer } from './machine/container-credentials';
import { containerEndpoint } from './machine/container-endpoint';
import { memoize } from './memoize';
import type { Source } from './source';

/** The role of the container that this runs in: ECS, EKS Pod Identity, CodeBuild, CloudShell. */
export function fromContainer(): Source {
  return {
    title: 'container role',
    async find({ environment }) {
      const endpoint = containerEndpoint(environment);
      if (endpoint === null) return { kind: 'absent', why: 'this is no container to which AWS gives a role' };
      const token = { file: variableIn(environment, 'AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE'), value: variableIn(environment, 'AWS_CONTAINER_AUTHORIZATION_TOKEN') };
      return {
        kind: 'found',
        found: { source: 'container', renews: true, profile: null, title: 'container role', provider: memoize(() => askContainer(endpoint, token)), region: null, aws: resolveAwsVariables(environment, null) },
      };
    },
    holds: ({ environment }) => (containerEndpoint(environment) === null ? null : 'container role'),
  };
}
