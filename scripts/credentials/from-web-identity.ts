import { resolve } from 'node:path';
import { ciSystemOf } from '../ci/systems';
import type { CiSystem } from '../ci/ci-system';
import { inCi } from '../ci/in-ci';
import { sessionNameOf } from '../ci/session-name';
import { tokenInVariable } from '../ci/token-variable';
import { trustedClaimsIn } from '../ci/trusted-claims';
import { usage } from '../failures/failure';
import { variableIn } from '../process/environment';
import { agentsFor } from './connection/aws-agents';
import { resolveAwsVariables } from './connection/aws-settings';
import type { AwsVariables } from './connection/aws-variables';
import { nearestTrust } from './web-identity/claims-beside-trust';
import { httpRequest } from './connection/http-request';
import { resolveRegion } from './region';
import { homeRegion } from './regions';
import type { Found, Source, Surroundings } from './source';
import type { TokenClaims } from './web-identity/token-claims';
import { readToken, webIdentityProvider, type WebIdentity } from './web-identity/web-identity';

/** Milliseconds that a system may take to give a token. */
const patience = 10_000;

/** Where a token for the role comes from. */
interface TokenSource {
  /** As reports call it. */
  readonly title: string;
  readonly token: (aws: AwsVariables) => Promise<string> | string;
}

interface Named {
  /** The ARN of the role, and what names it. */
  readonly role: { readonly arn: string; readonly by: string } | null;
  readonly system: CiSystem | null;
  readonly tokens: TokenSource | null;
}

function named(surroundings: Surroundings): Named {
  const { environment, ci } = surroundings;
  const system = ciSystemOf(environment);
  const arn = variableIn(environment, 'AWS_ROLE_ARN');
  const isJob = system !== null || inCi(environment);
  const role = arn !== null ? { arn, by: 'AWS_ROLE_ARN' } : isJob && ci?.roleArn ? { arn: ci.roleArn, by: '"roleArn" of context.takeoff.ci in cdk.json' } : null;
  return { role, system, tokens: tokensOf(surroundings, variableIn(environment, 'AWS_WEB_IDENTITY_TOKEN_FILE'), isJob ? ci?.tokenVariable ?? null : null, system) };
}

/** A file that somebody named goes first, then a variable that the project names, then the system's own way. */
function tokensOf({ environment, mask }: Surroundings, file: string | null, variable: string | null, system: CiSystem | null): TokenSource | null {
  if (file !== null) return { title: 'web identity', token: () => readToken(file, 'AWS_WEB_IDENTITY_TOKEN_FILE') };
  const title = `${system?.title ?? 'CI'} (OIDC)`;
  if (variable !== null) {
    const fix = `"tokenVariable" of context.takeoff.ci in cdk.json names it: let the job have its token in ${variable}, or take the setting out.`;
    return { title, token: () => tokenInVariable(environment, variable, system?.title ?? 'CI', fix) };
  }
  if (system === null) return null;
  return {
    title,
    async token(aws) {
      const agents = await agentsFor(aws);
      const token = await system.getToken({ environment, get: (url, headers) => httpRequest(url, { method: 'GET', headers, body: null, agents, patience }) });
      mask?.(token);
      return token;
    },
  };
}

function missing({ role, tokens }: Named): string {
  if (role === null && tokens === null) return 'AWS_ROLE_ARN and AWS_WEB_IDENTITY_TOKEN_FILE are not set';
  if (role !== null) return `${role.by} names a role, but AWS_WEB_IDENTITY_TOKEN_FILE is not set, and this is no job of a CI system that is known`;
  return tokens?.title === 'web identity' ? 'AWS_WEB_IDENTITY_TOKEN_FILE is set, but AWS_ROLE_ARN is not' : `this is a job of ${tokens?.title}, but AWS_ROLE_ARN names no role for it`;
}

/** @throws Failure USAGE */
function partitionOf({ arn, by }: NonNullable<Named['role']>): string {
  const partition = /^arn:([\w-]+):iam::\d{12}:role\/\S+$/.exec(arn)?.[1];
  if (partition !== undefined) return partition;
  const fix = by === 'AWS_ROLE_ARN' ? 'Set it, for example: export AWS_ROLE_ARN=arn:aws:iam::123456789012:role/deployer   (or unset AWS_ROLE_ARN)' : 'Write it, for example, as arn:aws:iam::123456789012:role/deployer';
  throw usage(`${by} is not the ARN of a role.`, fix);
}

/** What the templates at hand say of the role: those that are deployed, or the last that were synthesized. */
function trustedBy({ projectDirectory, options }: Surroundings): NonNullable<WebIdentity['trusted']> {
  return (claims: TokenClaims) => nearestTrust(claims, trustedClaimsIn(resolve(projectDirectory, options.assembly ?? 'cdk.out')));
}

/**
 * A role (AWS_ROLE_ARN, else the one that cdk.json has for CI) with the token of AWS_WEB_IDENTITY_TOKEN_FILE or of the CI system.
 * https://docs.aws.amazon.com/sdkref/latest/guide/feature-assume-role-credentials.html
 */
export function fromWebIdentity(): Source {
  return {
    title: 'web identity',
    async find(surroundings) {
      const { role, system, tokens } = named(surroundings);
      if (role === null || tokens === null) return { kind: 'absent', why: missing({ role, system, tokens }) };
      const { environment } = surroundings;
      const partition = partitionOf(role);
      const aws = resolveAwsVariables(environment, null);
      const found: Omit<Found, 'provider'> = { source: 'web-identity', renews: true, profile: null, title: tokens.title, region: null, aws };
      const provider = webIdentityProvider({
        roleArn: role.arn,
        token: () => tokens.token(aws),
        sessionName: variableIn(environment, 'AWS_ROLE_SESSION_NAME') ?? sessionNameOf(environment, system),
        aws,
        region: resolveRegion(surroundings, found)?.value ?? homeRegion(partition),
        found,
        system,
        trusted: trustedBy(surroundings),
      });
      return { kind: 'found', found: { ...found, provider } };
    },
    holds(surroundings) {
      const { role, tokens } = named(surroundings);
      return role === null ? null : tokens?.title ?? null;
    },
  };
}
