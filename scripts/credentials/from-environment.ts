import { resolveAwsVariables } from './connection/aws-settings';
import { dateIn } from './date-in';
import { hasKeys, keyTexts, variableNames, verifyKeys, type KeyTexts } from './keys';
import type { Credentials, Source, Surroundings } from './source';

function texts({ environment }: Surroundings): KeyTexts {
  return keyTexts(variableNames, (name) => environment[name]);
}

/** When the session ends, where whoever set the keys said so, as aws-vault and `aws configure export-credentials` do. */
function withExpiration(credentials: Credentials, said: string | undefined): Credentials {
  const expiration = dateIn(said);
  return expiration === null ? credentials : { ...credentials, expiration };
}

/** AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY and AWS_SESSION_TOKEN of the shell. */
export function fromEnvironment(): Source {
  return {
    title: 'environment keys',
    async find(surroundings) {
      const keys = texts(surroundings);
      if (!hasKeys(keys)) return { kind: 'absent', why: `${variableNames.accessKeyId} and ${variableNames.secretAccessKey} are not set` };
      const { environment } = surroundings;
      const credentials = withExpiration(verifyKeys(keys, variableNames, 'the environment'), environment['AWS_CREDENTIAL_EXPIRATION']);
      return {
        kind: 'found',
        found: {
          source: 'environment',
          profile: null,
          title: 'environment keys',
          provider: async () => credentials,
          region: null,
          aws: resolveAwsVariables(environment, null),
        },
      };
    },
    holds: (surroundings) => (hasKeys(texts(surroundings)) ? 'environment keys' : null),
  };
}
