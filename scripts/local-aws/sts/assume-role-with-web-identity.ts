import { registerSecret } from '../../secrets/registry';
import { AwsError, constraintBroken } from '../aws-error';
import { requestFacts } from '../iam/caller-context';
import { evaluateTrust } from '../iam/trust';
import { onlyParameters, queryRequired, type QueryValue } from '../query';
import type { LocalAws } from '../service';
import type { XmlObject } from '../xml';
import { describeSession, roleSessionContext, verifyDuration } from './role-session';
import { readRoleSession, roleSessionParameters, type RoleSessionInput } from './role-session-input';
import { createRoleSession } from './sessions';
import { verifyWebIdentity, type WebIdentity } from './web-identity';

/**
 * Needs no signature: the token proves who calls.
 *
 * @throws AwsError InvalidIdentityToken, ExpiredTokenException, IDPCommunicationError; AccessDenied where the role's trust
 * policy does not let the token's claims in; ValidationError, MalformedPolicyDocument
 * @see https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRoleWithWebIdentity.html
 */
export async function assumeRoleWithWebIdentity(local: LocalAws, parameters: QueryValue): Promise<XmlObject> {
  onlyParameters('sts:AssumeRoleWithWebIdentity', parameters, [...roleSessionParameters, 'WebIdentityToken']);
  const input = readRoleSession(local, parameters, () => 'Request ARN is invalid');
  const identity = await verifyWebIdentity(local, readToken(parameters), input.roleArn.split(':')[4] ?? '');
  verifyTrusted(local, input, identity);
  verifyDuration(local, input);
  const session = createRoleSession(local, input.roleArn, input.sessionName, input.seconds, {
    policy: input.policy,
    policyArns: input.policyArns,
    federatedProvider: identity.provider,
  });
  return {
    SubjectFromWebIdentityToken: identity.subject,
    Audience: identity.audience,
    ...describeSession(session),
    Provider: identity.provider,
    PackedPolicySize: packedPolicySize(input),
  };
}

/** The token is not said again in what refuses it. */
function readToken(parameters: QueryValue): string {
  const token = queryRequired(parameters, 'WebIdentityToken');
  registerSecret(token);
  if (token.length >= 4 && token.length <= 20_000) return token;
  const limit = token.length < 4 ? 'greater than or equal to 4' : 'less than or equal to 20000';
  throw new AwsError('ValidationError', constraintBroken('webIdentityToken', null, `have length ${limit}`));
}

/** A role that does not exist is refused as one that trusts nobody. */
function verifyTrusted(local: LocalAws, input: RoleSessionInput, { provider, context }: WebIdentity): void {
  const { decision } = evaluateTrust(local, input.roleArn, {
    action: 'sts:AssumeRoleWithWebIdentity',
    principal: { kind: 'Federated', arn: provider },
    context: { ...requestFacts(local), 'aws:FederatedProvider': provider, ...roleSessionContext(local, input), ...context },
  });
  if (decision !== 'allow') throw new AwsError('AccessDenied', 'Not authorized to perform sts:AssumeRoleWithWebIdentity', 403);
}

/** Per cent of what a session may be given. AWS packs policies before it counts, so that its number is smaller. */
function packedPolicySize({ policy, policyArns }: RoleSessionInput): number | undefined {
  if (policy === null && policyArns.length === 0) return undefined;
  const characters = [policy === null ? '' : JSON.stringify(policy), ...policyArns].join('').length;
  return Math.min(100, Math.ceil((100 * characters) / 2048));
}
