import { setTimeout } from 'node:timers/promises';
import { unsupported } from '../aws-error';
import { parseQuery } from '../query';
import { queryAnswer } from '../query-answer';
import type { ResourceType } from '../resource';
import type { LocalAws, Service } from '../service';
import { changeSetActions } from './change-sets';
import { newEngine } from './engine';
import { readActions } from './read-actions';
import { stackActions } from './stack-actions';
import { templateActions } from './template-actions';

/**
 * How long the answer of a request waits for the deployment that it started: milliseconds. The CDK CLI looks at once whether
 * a deployment has ended, and then not for five seconds; most have by then.
 */
const patience = 500;

/** By name. */
export const actions = { ...stackActions, ...changeSetActions, ...readActions, ...templateActions };

/**
 * CloudFormation: stacks and change sets of the resource types given.
 *
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/
 */
export function cloudFormationService(local: LocalAws, types: ReadonlyMap<string, ResourceType>): Service {
  const engine = newEngine(local, types);
  return {
    signingName: 'cloudformation',
    protocol: 'query-xml',
    // With no await between reading and changing a stack, two requests cannot both start a deployment of it.
    async handle(request) {
      const { action, parameters } = parseQuery(request.body);
      const run = Object.hasOwn(actions, action) ? actions[action] : undefined;
      if (run === undefined) throw unsupported(`the action ${action} of CloudFormation`);
      const before = new Set(engine.running.values());
      const result = run(engine, request, parameters);
      await endOrPatience([...engine.running.values()].filter((running) => !before.has(running)));
      return queryAnswer(action, 'http://cloudformation.amazonaws.com/doc/2010-05-15/', result);
    },
    /** Waits for the deployments that are going on. */
    async close() {
      while (engine.running.size > 0) await Promise.all(engine.running.values());
    },
  };
}

async function endOrPatience(started: readonly Promise<void>[]): Promise<void> {
  if (started.length === 0) return;
  const over = new AbortController();
  await Promise.race([Promise.all(started), setTimeout(patience, undefined, { ref: false, signal: over.signal }).catch(() => undefined)]);
  over.abort();
}
