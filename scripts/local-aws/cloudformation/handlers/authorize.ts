import { randomUUID } from 'node:crypto';
import { AwsError, unsupported } from '../../aws-error';
import { deniedByResource, refusalOf, refusalSentence, type Refusal } from '../../iam/authorize';
import type { JsonObject, ResourceContext } from '../../resource';
import { bucketDecides, judgeByBucket } from '../../s3/bucket-policy';
import { actorOf, type Actor } from '../actor';
import type { StackRecord } from '../records';
import { handlerCalls, permissionsOfTypes } from './calls';
import type { HandlerCall, HandlerTask, Permissions } from './permissions';

/** A resource's handlers as the engine sees them, before it lets them act. */
export interface Handled {
  /** `AWS::S3::Bucket` */
  readonly type: string;
  readonly operation: HandlerTask['operation'];
  /** Of what exists. */
  readonly physicalId?: string;
  readonly properties: JsonObject;
  readonly before?: JsonObject;
}

/** Nobody here keeps the tags of every kind of resource. */
const unknownKeys = /^\w+:resourcetag\/.+$/i;
/** Nor can it be told with which calls CloudFormation sends S3 the tags of a bucket. */
const unknownToS3 = /^(aws:(requesttag\/.+|tagkeys)|\w+:resourcetag\/.+)$/i;

/** Types of CloudFormation itself, for which no service is called. */
const callsNobody = new Set(['AWS::CDK::Metadata']);

/**
 * Judges what a handler is about to call as the role of its stack, or as who deploys a stack without one.
 *
 * @throws AwsError with CloudFormation's reason for the first call that is denied; UnsupportedOperation where it cannot be judged
 */
export function authorizeHandler(context: ResourceContext, stack: StackRecord, handled: Handled): void {
  const actor = actorOf(context.local, stack.input);
  if (actor === null || callsNobody.has(handled.type)) return;
  const permissions = permissionsOfTypes.get(handled.type);
  if (permissions === undefined) throw unsupported(`what the handlers of ${handled.type} may do`);
  const { operation, physicalId, properties, before = {} } = handled;
  const id = physicalId ?? permissions.name?.(context, properties) ?? '';
  for (const call of handlerCalls(permissions, { operation, context, id, properties, before })) {
    const refusal = refusalOfCall(context, actor, call);
    if (refusal !== null) throw handlerError(permissions, actor, call, refusal);
  }
}

/** @returns null where `actor` may make the call */
export function refusalOfCall(where: Pick<ResourceContext, 'local' | 'region'>, actor: Actor, call: HandlerCall): Pick<Refusal, 'reason'> | null {
  const { action, resource, context } = call;
  const ofS3 = action.startsWith('s3:');
  const given = { ...actor.context, ...context };
  const init = { region: regionOf(action, where.region), sourceIp: null, unknownKeys: ofS3 ? unknownToS3 : unknownKeys };
  const byBucket = ofS3 ? judgeByBucket(where.local, actor.identity, init, { action, resource, context: given }) : 'implicit-deny';
  if (byBucket === 'deny') return { reason: deniedByResource };
  const refusal = refusalOf(where.local, actor.identity, init, action, resource, given);
  return byBucket === 'allow' && bucketDecides(where.local, actor.identity, refusal) ? null : refusal;
}

/** IAM is called in one region. Passing a role on is no call to it. https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html#condition-keys-requestedregion */
function regionOf(action: string, region: string): string {
  return action.startsWith('iam:') && action !== 'iam:PassRole' ? 'us-east-1' : region;
}

/** As the resource types of AWS tell it. */
function handlerError({ service: [name, , status] }: Permissions, { identity }: Actor, call: HandlerCall, refusal: Pick<Refusal, 'reason'>): AwsError {
  const sentence = refusalSentence(identity.caller, call.action, call.called ?? call.resource, refusal.reason);
  const said = `${call.refusal?.(sentence) ?? sentence} (Service: ${name}, Status Code: ${status}, Request ID: ${randomUUID()}) (SDK Attempt Count: 1)`;
  return new AwsError('AccessDenied', `Resource handler returned message: "${said}" (RequestToken: ${randomUUID()}, HandlerErrorCode: AccessDenied)`, 403);
}
