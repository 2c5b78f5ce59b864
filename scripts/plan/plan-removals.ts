import type { AssemblyStack } from '../assembly/assembly';
import { placeOf, type StackPlace } from '../assembly/stack-place';
import { isJsonObject } from '../configuration/json-object';
import type { PlanClients } from './clients';
import { deployedTemplate } from './deployed-template';
import type { Template } from './template';

/** What a destroy would do to one stack. */
export type StackRemoval =
  /** `contents` is `null` where it cannot be told. */
  | { readonly kind: 'destroy'; readonly contents: StackContents | null }
  /** There is no such stack. */
  | { readonly kind: 'absent' };

/** What is in a stack that is deployed. */
export interface StackContents {
  readonly resources: number;
  /** What stays in the account all the same: `Table (AWS::DynamoDB::Table)`. */
  readonly kept: readonly string[];
}

/** What a destroy would do to each of `stacks`, in their order. AWS is only read. */
export function planRemovals<Stack extends AssemblyStack>(stacks: readonly Stack[], run: StackPlace, clients: PlanClients): Promise<readonly { readonly stack: Stack; readonly change: StackRemoval }[]> {
  return Promise.all(
    stacks.map(async (stack) => {
      const deployed = await deployedTemplate(stack, placeOf(stack, run), clients);
      if (deployed.kind === 'absent') return { stack, change: { kind: 'absent' } as const };
      return { stack, change: { kind: 'destroy', contents: deployed.kind === 'deployed' ? contentsOf(deployed.template) : null } as const };
    }),
  );
}

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/aws-attribute-deletionpolicy.html */
const keeps: ReadonlyMap<unknown, string> = new Map([['Retain', ''], ['RetainExceptOnCreate', ''], ['Snapshot', ', as a snapshot']]);

function contentsOf({ Resources }: Template): StackContents {
  const resources = Object.entries(isJsonObject(Resources) ? Resources : {});
  const kept = resources.flatMap(([id, resource]) => {
    if (typeof resource !== 'object' || resource === null || !('DeletionPolicy' in resource)) return [];
    const how = keeps.get(resource.DeletionPolicy);
    return how === undefined ? [] : [`${id} (${'Type' in resource ? String(resource.Type) : 'unknown'}${how})`];
  });
  return { resources: resources.length, kept };
}
