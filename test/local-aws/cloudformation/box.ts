import { AwsError } from '../../../scripts/local-aws/aws-error';
import type { Json, JsonObject, ResourceState, ResourceType } from '../../../scripts/local-aws/resource';

/** A resource type in memory: `Test::Box`, whose `Name` and `Kind` cannot change, whose `Size` can, and whose `Color` is only recorded. */
export interface Boxes {
  readonly type: ResourceType;
  /** By physical id. */
  readonly contents: Map<string, JsonObject>;
  /** `create box-1`, in order. */
  readonly calls: string[];
  /** The sizes that are refused. */
  readonly refused: Set<Json>;
  /** The creation of one whose Size is `slow` waits for this. */
  readonly open: () => void;
}

export function boxes(name = 'Test::Box'): Boxes {
  const contents = new Map<string, JsonObject>();
  const calls: string[] = [];
  const refused = new Set<Json>(['broken']);
  let made = 0;
  const keep = (physicalId: string, properties: JsonObject): ResourceState => {
    const size = properties['Size'] ?? null;
    if (refused.has(size)) throw new AwsError('InvalidRequest', `Size ${JSON.stringify(size)} is not allowed`);
    contents.set(physicalId, properties);
    return { physicalId, attributes: { Arn: `arn:box:${physicalId}`, Size: properties['Size'] ?? null } };
  };
  let open = nothing;
  const gate = new Promise<void>((resolve) => (open = resolve));
  return {
    contents, calls, refused, open,
    type: {
      name,
      properties: { Name: 'replace', Kind: 'replace', Size: 'update', Links: 'update', Color: 'recorded' },
      async create(context, properties) {
        if (properties['Size'] === 'slow') await gate;
        const physicalId = text(properties['Name']) ?? `${context.logicalId}-${(made += 1)}`;
        calls.push(`create ${physicalId}`);
        if (contents.has(physicalId)) throw new AwsError('AlreadyExists', `${physicalId} already exists`);
        return keep(physicalId, properties);
      },
      async update(_context, current, _before, after) {
        calls.push(`update ${current.physicalId}`);
        return keep(current.physicalId, after);
      },
      async delete(_context, current, properties) {
        calls.push(`delete ${current.physicalId}`);
        if (properties['Size'] === 'sticky' && contents.has(current.physicalId)) throw new AwsError('Conflict', 'It is stuck');
        contents.delete(current.physicalId);
      },
    },
  };
}

function nothing(): void {}

function text(value: Json | undefined): string | null {
  return typeof value === 'string' ? value : null;
}
