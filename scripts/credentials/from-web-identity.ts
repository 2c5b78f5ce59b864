import { usage } from '../failures/failure';
import { resolveAwsVariables } from './aws-settings';
import { resolveRegion } from './region';
import { homeRegion } from './regions';
import type { Found, Source, Surroundings } from './source';
import { webIdentityProvider } from './web-identity';

interface Named {
  readonly roleArn: string | null;
  readonly tokenFile: string | null;
}

function named({ environment }: Surroundings): Named {
  const said = (name: string): string | null => environment[name]?.trim() || null;
  return { roleArn: said('AWS_ROLE_ARN'), tokenFile: said('AWS_WEB_IDENTITY_TOKEN_FILE') };
}

function missing({ roleArn, tokenFile }: Named): string {
  if (roleArn === null && tokenFile === null) return 'AWS_ROLE_ARN and AWS_WEB_IDENTITY_TOKEN_FILE are not set';
  return roleArn === null ? 'AWS_WEB_IDENTITY_TOKEN_FILE is set, but AWS_ROLE_ARN is not' : 'AWS_ROLE_ARN is set, but AWS_WEB_IDENTITY_TOKEN_FILE is not';
}

/** @throws Failure USAGE */
function partitionOf(roleArn: string): string {
  const partition = /^arn:([\w-]+):iam::\d{12}:role\/\S+$/.exec(roleArn)?.[1];
  if (partition === undefined) throw usage('AWS_ROLE_ARN is not the ARN of a role.', 'Set it, for example: export AWS_ROLE_ARN=arn:aws:iam::123456789012:role/deployer   (or unset AWS_ROLE_ARN)');
  return partition;
}

/** AWS_ROLE_ARN with AWS_WEB_IDENTITY_TOKEN_FILE. https://docs.aws.amazon.com/sdkref/latest/guide/feature-assume-role-credentials.html */
export function fromWebIdentity(): Source {
  return {
    title: 'web identity',
    async find(surroundings) {
      const { roleArn, tokenFile } = named(surroundings);
      if (roleArn === null || tokenFile === null) return { kind: 'absent', why: missing({ roleArn, tokenFile }) };
      const { environment } = surroundings;
      const partition = partitionOf(roleArn);
      const aws = resolveAwsVariables(environment, null);
      const found: Omit<Found, 'provider'> = { source: 'web-identity', renews: true, profile: null, title: 'web identity', region: null, aws };
      const region = resolveRegion(surroundings, found)?.value ?? homeRegion(partition);
      const provider = webIdentityProvider({ roleArn, tokenFile, namedBy: 'AWS_WEB_IDENTITY_TOKEN_FILE', sessionName: environment['AWS_ROLE_SESSION_NAME']?.trim() || undefined, aws, region, found });
      return { kind: 'found', found: { ...found, provider } };
    },
    holds: (surroundings) => (Object.values(named(surroundings)).includes(null) ? null : 'web identity'),
  };
}
