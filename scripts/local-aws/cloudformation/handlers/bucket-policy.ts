import { callerContext, roleOfSession } from '../../iam/caller-context';
import { evaluate, type Decision } from '../../iam/evaluate';
import type { ResourceContext } from '../../resource';
import { buckets } from '../../s3/buckets';
import type { Actor } from '../actor';
import type { HandlerCall } from './permissions';

/** What the policy of the bucket says of a call, which within one account may allow it, and may deny it, as the caller's own. */
export function judgeByBucket({ local, region }: Pick<ResourceContext, 'local' | 'region'>, actor: Actor, { action, resource }: HandlerCall, unknownKeys: RegExp): Decision {
  const name = /^arn:aws:s3:::([^/]+)/.exec(resource)?.[1] ?? '';
  const policy = buckets(local).get(name)?.policy ?? null;
  if (policy === null) return 'implicit-deny';
  const { account, arn } = actor.identity.caller;
  const context = { ...callerContext(local, actor.identity, { region, sourceIp: null }, action), ...actor.context };
  return evaluate([policy], { action, resource, context, unknownKeys, principal: { kind: 'AWS', account, arns: [arn, roleOfSession(arn)] } });
}
