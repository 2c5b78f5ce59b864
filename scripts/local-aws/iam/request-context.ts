import { unsupported } from '../aws-error';
import { canBeAbsent } from './condition-keys';

/** The values of one condition key; several where AWS calls the key multivalued. */
export type ContextValue = string | readonly string[];

/** What a request says under each condition key. */
export interface RequestContext {
  /**
   * @returns null where the request does not have the key
   * @throws AwsError UnsupportedOperation for a key of which the local AWS does not know whether the request would have it
   */
  values(key: string): ContextValue | null;
}

/**
 * Names of keys are the same in any case. An empty list says that the request does not have the key, as
 * `iam:PermissionsBoundary` of a role that has none.
 *
 * @param unknown keys of which it cannot be told whether this request has them, though others may lack them
 */
export function requestContext(given: Readonly<Record<string, ContextValue>>, unknown?: RegExp): RequestContext {
  const values = new Map(Object.entries(given).map(([key, value]) => [key.toLowerCase(), value]));
  return {
    values(key) {
      const value = values.get(key.toLowerCase());
      if (value !== undefined) return value.length === 0 && typeof value !== 'string' ? null : value;
      if (!canBeAbsent(key) || unknown?.test(key) === true) throw unsupported(`the condition key ${key} of this request`);
      return null;
    },
  };
}
