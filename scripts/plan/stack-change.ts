import type { ResourceDifference, TemplateDiff } from '@aws-cdk/cloudformation-diff';
import { broadeningLines } from './broadening';
import type { DeployedTemplate } from './read-template';
import { asAnswered, isSameTemplate } from './same-template';
import type { Template } from './template';

/** What a deploy would do to one stack. */
export type StackChange =
  | { readonly kind: 'create'; readonly resources: number; readonly broadening: readonly string[] }
  | { readonly kind: 'update'; readonly counts: ChangeCounts; readonly broadening: readonly string[] }
  | { readonly kind: 'unchanged'; readonly broadening: readonly string[] }
  /** Nothing is known of what broadens: who goes on from here leaves CDK's own question on. */
  | { readonly kind: 'unknown'; readonly why: string };

/** Resources by what becomes of them, each counted once, and all else of the template that differs. */
export interface ChangeCounts {
  readonly added: number;
  readonly changed: number;
  /** A new one takes the place of the old, or may do so. */
  readonly replaced: number;
  readonly removed: number;
  /** Outputs, parameters, conditions and the like. */
  readonly other: number;
}

/**
 * Compares what is deployed with the template of the assembly. `broadening` are the permissions and the rules of
 * security groups for which CDK would ask with `--require-approval broadening`, one line each.
 */
export async function stackChange(deployed: DeployedTemplate, next: Template): Promise<StackChange> {
  if (deployed.kind === 'unknown') return deployed;
  try {
    return await compare(deployed, next);
  } catch (error) {
    // The library trips over what CloudFormation would refuse, such as a policy without a document.
    return { kind: 'unknown', why: `its templates cannot be compared: ${error instanceof Error ? error.message : String(error)}` };
  }
}

async function compare(deployed: Exclude<DeployedTemplate, { readonly kind: 'unknown' }>, next: Template): Promise<StackChange> {
  if (deployed.kind !== 'deployed') {
    const diff = await difference({}, next);
    return { kind: 'create', resources: diff.resources.differenceCount, broadening: broadeningLines(diff, [next]) };
  }
  if (isSameTemplate(deployed.template, next)) return { kind: 'unchanged', broadening: [] };
  const diff = await difference(deployed.template, next);
  if (diff.isEmpty) return { kind: 'unchanged', broadening: [] };
  return { kind: 'update', counts: changeCounts(diff), broadening: broadeningLines(diff, [deployed.template, next]) };
}

/** The library is loaded where two templates differ, and only there: it takes half a second to read CloudFormation's schema. */
async function difference(deployed: Template, next: Template): Promise<TemplateDiff> {
  const { fullDiff } = await import('@aws-cdk/cloudformation-diff');
  const exact = fullDiff(deployed, next);
  const answered = fullDiff(deployed, asAnswered(next));
  return answered.differenceCount < exact.differenceCount ? answered : exact;
}

function changeCounts(diff: TemplateDiff): ChangeCounts {
  const counts = { added: 0, changed: 0, replaced: 0, removed: 0, other: diff.differenceCount - diff.resources.differenceCount };
  diff.resources.forEachDifference((_id, resource) => {
    counts[fate(resource)] += 1;
  });
  return counts;
}

function fate(resource: ResourceDifference): 'added' | 'changed' | 'replaced' | 'removed' {
  if (resource.isAddition) return 'added';
  if (resource.isRemoval) return 'removed';
  return /REPLACE/.test(resource.changeImpact) ? 'replaced' : 'changed';
}
