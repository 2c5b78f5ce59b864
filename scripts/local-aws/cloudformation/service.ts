import { randomUUID } from 'node:crypto';
import { unsupported } from '../aws-error';
import { parseQuery } from '../query';
import type { ResourceType } from '../resource';
import type { LocalAws, Service } from '../service';
import { xml } from '../xml';
import { changeSetActions } from './change-sets';
import { newEngine } from './engine';
import { readActions } from './read-actions';
import { stackActions } from './stack-actions';
import { templateActions } from './template-actions';

const actions = { ...stackActions, ...changeSetActions, ...readActions, ...templateActions };

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
    // Without an await between reading and changing a stack, two requests cannot both start a deployment of it.
    async handle(request) {
      const { action, parameters } = parseQuery(request.body);
      const run = Object.hasOwn(actions, action) ? actions[action] : undefined;
      if (run === undefined) throw unsupported(`the action ${action} of CloudFormation`);
      const result = run(engine, request, parameters);
      const body = xml(`${action}Response xmlns="http://cloudformation.amazonaws.com/doc/2010-05-15/"`, {
        [`${action}Result`]: result,
        ResponseMetadata: { RequestId: randomUUID() },
      });
      return { status: 200, headers: { 'content-type': 'text/xml' }, body };
    },
    /** Waits for the deployments that are going on. */
    async close() {
      while (engine.running.size > 0) await Promise.all(engine.running.values());
    },
  };
}
