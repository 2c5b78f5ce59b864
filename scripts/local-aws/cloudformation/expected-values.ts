import { AwsError } from '../aws-error';
import type { Json } from '../resource';
import { attributeAt, missingAttribute } from './engine';
import type { ResourceValues } from './evaluate';
import type { StackRecord } from './records';
import type { Cause, ResourceChange } from './resource-change';
import { knownAfterApply, type Scope } from './scope';

/** Of a new or replaced resource nothing is known yet; an attribute may change with any modification. */
export function expectedValues(stack: StackRecord, planned: ReadonlyMap<string, ResourceChange>, causes: Cause[]): ResourceValues {
  const unknown = (cause: Cause): Json => {
    causes.push(cause);
    return knownAfterApply;
  };
  return {
    ref(id) {
      const change = planned.get(id);
      if (change?.action === 'Add' || (change?.replacement ?? 'False') !== 'False') return unknown({ changeSource: 'ResourceReference', causingEntity: id, evaluation: certainty(change) });
      return stack.resources[id]?.physicalId ?? knownAfterApply;
    },
    attribute(id, name) {
      const change = planned.get(id);
      if (change !== undefined && (change.action === 'Add' || change.details.some(({ attribute }) => attribute === 'Properties'))) {
        return unknown({ changeSource: 'ResourceAttribute', causingEntity: `${id}.${name}`, evaluation: certainty(change) });
      }
      const resource = stack.resources[id];
      const value = resource && attributeAt(resource.attributes, name);
      if (value === undefined) throw missingAttribute(id, name);
      return value;
    },
  };
}

/** CloudFormation misses the export that a new stack imports only when it creates the stack. */
export function ofCreation(scope: Scope): Scope {
  return {
    ...scope,
    exported(name) {
      try {
        return scope.exported(name);
      } catch (error) {
        if (error instanceof AwsError) return knownAfterApply;
        throw error;
      }
    },
  };
}

/** What is made anew gets a new name and new attributes. */
function certainty(change: ResourceChange | undefined): Cause['evaluation'] {
  return change?.action === 'Add' || change?.replacement === 'True' ? 'Static' : 'Dynamic';
}
