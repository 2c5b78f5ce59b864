import { AssumeRoleWithWebIdentityCommand, STSClient, type AssumeRoleWithWebIdentityCommandInput, type AssumeRoleWithWebIdentityCommandOutput, type Credentials } from '@aws-sdk/client-sts';
import { answer, type Front } from '../../../scripts/local-aws/front';
import { createOidcProvider, oidcProviders } from '../../../scripts/local-aws/iam/oidc-providers';
import { setTrust } from '../../../scripts/local-aws/iam/role-policies';
import { createRole, roles, type Role } from '../../../scripts/local-aws/iam/roles';
import type { JsonObject } from '../../../scripts/local-aws/resource';
import { listen } from '../../../scripts/local-aws/server';
import type { LocalAws, LocalEvent } from '../../../scripts/local-aws/service';
import { openServices } from '../../../scripts/local-aws/services';
import type { Claims } from '../../oidc/claims';
import { githubClaims } from '../../oidc/claims';
import { startIssuer, type Issuer, type Signing } from '../../oidc/issuer';
import { account, memoryAws } from '../memory-aws';

/** The local AWS in memory, behind its real front, and an issuer that it knows. */
export interface FederatedAws extends AsyncDisposable {
  readonly local: LocalAws;
  readonly events: readonly LocalEvent[];
  readonly origin: string;
  readonly issuer: Issuer;
  readonly roleArn: string;
  /** Makes the provider and the role anew. */
  reset(condition: JsonObject, more?: JsonObject): Role;
  /** Assumes the role with that token, by a client that has no credentials. */
  assume(token: string, input?: Partial<AssumeRoleWithWebIdentityCommandInput>): Promise<AssumeRoleWithWebIdentityCommandOutput>;
  /** A client with the credentials that an answer gave. */
  as(credentials: Credentials | undefined): STSClient;
}

export async function openFederatedAws(): Promise<FederatedAws> {
  const issuer = await startIssuer();
  const clients: STSClient[] = [];
  const memory = memoryAws();
  const local: LocalAws = { ...memory, origin: () => `http://127.0.0.1:${server.port}` };
  const services = openServices(local);
  const front: Front = { local, services, answerHealth: () => '' };
  const server = await listen(0, (message, reply) => answer(front, message, reply));
  const roleArn = `arn:aws:iam::${account}:role/deploy`;
  const client = (init: object): STSClient => {
    const made = new STSClient({ region: 'us-west-2', endpoint: local.origin(), maxAttempts: 1, ...init });
    clients.push(made);
    return made;
  };
  return {
    local, events: memory.events, origin: local.origin(), issuer, roleArn,
    reset(condition, more = {}) {
      oidcProviders(local).clear();
      const provider = createOidcProvider(local, issuer.url);
      provider.clientIds = ['sts.amazonaws.com'];
      roles(local).clear();
      const statement = { Effect: 'Allow', Principal: { Federated: provider.arn }, Action: 'sts:AssumeRoleWithWebIdentity', Condition: condition, ...more };
      const role = createRole(local, 'deploy', '/', {});
      setTrust(local, role, { Version: '2012-10-17', Statement: [statement] });
      return role;
    },
    async assume(token, input = {}) {
      return client({}).send(new AssumeRoleWithWebIdentityCommand({ RoleArn: roleArn, RoleSessionName: 'run-1', WebIdentityToken: token, ...input }));
    },
    as: (credentials) => client({ credentials: { accessKeyId: credentials?.AccessKeyId ?? '', secretAccessKey: credentials?.SecretAccessKey ?? '', sessionToken: credentials?.SessionToken ?? '' } }),
    async [Symbol.asyncDispose]() {
      for (const each of clients) each.destroy();
      await server.close();
      await services.close();
      await issuer[Symbol.asyncDispose]();
    },
  };
}

/** A token of a GitHub job for AWS. */
export function githubToken(issuer: Issuer, claims: Claims = {}, signing: Signing = {}): string {
  return issuer.token(githubClaims(), { aud: 'sts.amazonaws.com', ...claims }, signing);
}

/** `Code: message` of a refusal. */
export async function refusal(call: Promise<unknown>): Promise<string> {
  try {
    await call;
  } catch (error) {
    return `${(error as Error).name}: ${(error as Error).message}`;
  }
  return 'allowed';
}
