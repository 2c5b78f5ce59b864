import { randomUUID } from 'node:crypto';
import { AwsError } from '../aws-error';
import { refusalSentence } from '../iam/authorize';
import type { LocalAws } from '../service';
import { parameterArn, parameterValue } from '../ssm/parameters';
import { actorOf } from './actor';
import { refusalOfCall } from './handlers/authorize';
import type { ReadSsm } from './parameters';
import type { StackInput } from './records';

/**
 * Parameter Store as a template sees it, read as whom the stack's resources are made.
 *
 * @throws AwsError ValidationError where they may not read it
 */
export function readAsActor(local: LocalAws, region: string, input: Pick<StackInput, 'roleArn' | 'caller'>): ReadSsm {
  return (name) => {
    const actor = actorOf(local, input);
    const call = { action: 'ssm:GetParameters', resource: parameterArn(local, region, name) };
    const refusal = actor === null ? null : refusalOfCall({ local, region }, actor, call);
    if (actor === null || refusal === null) return parameterValue(local, region, name);
    const sentence = refusalSentence(actor.identity.caller, call.action, call.resource, refusal.reason);
    throw new AwsError('ValidationError', `${sentence} (Service: Ssm, Status Code: 400, Request ID: ${randomUUID()})`);
  };
}
