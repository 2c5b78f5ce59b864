import { randomUUID } from 'node:crypto';
import type { ResourceType } from '../resource';

/** What CDK adds to count its constructs. It has no effect, in AWS neither. */
const cdkMetadata: ResourceType = {
  name: 'AWS::CDK::Metadata',
  properties: { Analytics: 'recorded' },
  create: () => Promise.resolve({ physicalId: randomUUID(), attributes: {} }),
  update: (_context, current) => Promise.resolve(current),
  delete: () => Promise.resolve(),
};

export const cloudFormationResourceTypes: readonly ResourceType[] = [cdkMetadata];
