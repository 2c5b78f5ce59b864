import { unsupported } from './aws-error';
import { jsonAnswer, readJsonRequest } from './json-request';
import type { JsonObject } from './resource';
import type { LocalAws, LocalRequest, Service } from './service';

/** Answers one action: the members of its output. */
export type JsonAction = (local: LocalAws, request: LocalRequest, input: JsonObject) => object;

/**
 * A service of the AWS JSON protocol, version 1.1, whose actions answer at once.
 *
 * @param actions by name; every other is refused
 * @param why what is said beside the name of one that is refused
 */
export function jsonService(local: LocalAws, signingName: string, actions: ReadonlyMap<string, JsonAction>, why = ''): Service {
  return {
    signingName,
    protocol: 'json-1.1',
    async handle(request) {
      const { action, input } = readJsonRequest(request);
      const act = actions.get(action);
      if (act === undefined) throw unsupported(`${signingName}:${action}${why}`);
      return jsonAnswer(act(local, request, input));
    },
  };
}
