import { AwsError, unsupported } from '../aws-error';
import { parseQuery, queryRequired, type QueryValue } from '../query';
import { queryAnswer } from '../query-answer';
import type { LocalAws, LocalRequest, LocalResponse, Service, UnsignedRequest } from '../service';
import type { XmlObject } from '../xml';
import { assumeRole } from './assume-role';
import { assumeRoleWithWebIdentity } from './assume-role-with-web-identity';
import { accountOfKeyId } from './key-ids';

type Action = (local: LocalAws, request: LocalRequest, parameters: QueryValue) => XmlObject;
type UnsignedAction = (local: LocalAws, parameters: QueryValue) => Promise<XmlObject>;

/** By name, those that need a signature. */
export const actions: ReadonlyMap<string, Action> = new Map<string, Action>([
  // Needs no permission, and works even with an explicit deny.
  ['GetCallerIdentity', (_local, { caller }) => ({ Arn: caller.arn, UserId: caller.userId, Account: caller.account })],
  ['AssumeRole', assumeRole],
  ['GetAccessKeyInfo', getAccessKeyInfo],
  ['GetSessionToken', refuseSession('GetSessionToken')],
  ['GetFederationToken', refuseSession('GetFederationToken')],
]);

/** Those that need no signature, and look at none. */
export const unsignedActions: ReadonlyMap<string, UnsignedAction> = new Map<string, UnsignedAction>([['AssumeRoleWithWebIdentity', assumeRoleWithWebIdentity]]);

/** @see https://docs.aws.amazon.com/STS/latest/APIReference/ */
export function stsService(local: LocalAws): Service {
  return {
    signingName: 'sts',
    protocol: 'query-xml',
    async handle(request) {
      const { action, parameters } = parseQuery(request.body);
      const act = actions.get(action);
      return act === undefined ? handleUnsigned(local, request) : answer(action, act(local, request, parameters));
    },
    handleUnsigned: async (request) => handleUnsigned(local, request),
  };
}

async function handleUnsigned(local: LocalAws, request: UnsignedRequest): Promise<LocalResponse> {
  const { action, parameters } = parseQuery(request.body);
  const act = unsignedActions.get(action);
  if (act === undefined) throw unsupported(`sts:${action}`);
  return answer(action, await act(local, parameters));
}

function answer(action: string, result: XmlObject): LocalResponse {
  return queryAnswer(action, 'https://sts.amazonaws.com/doc/2011-06-15/', result);
}

function getAccessKeyInfo(_local: LocalAws, request: LocalRequest, parameters: QueryValue): { Account: string } {
  request.authorize('sts:GetAccessKeyInfo', '*');
  const account = accountOfKeyId(queryRequired(parameters, 'AccessKeyId'));
  if (account === null) throw new AwsError('ValidationError', 'Invalid access key ID');
  return { Account: account };
}

/** Only users may call it, and whoever calls the local AWS has a session. */
function refuseSession(action: string): Action {
  return () => {
    throw new AwsError('AccessDenied', `Cannot call ${action} with session credentials`, 403);
  };
}
