import type { CloudFormationClient } from '@aws-sdk/client-cloudformation';
import { parseTemplate, type Template } from './template';

/** What there is of a stack. `why` is a clause for a person. */
export type DeployedTemplate =
  | { readonly kind: 'absent' }
  /** A stack of which nothing was ever deployed: a change set alone, or what is left of a failed creation. A deploy creates it, and a destroy deletes it. */
  | { readonly kind: 'never-created' }
  | { readonly kind: 'deployed'; readonly template: Template }
  | { readonly kind: 'unknown'; readonly why: string };

/** In these states CDK creates the stack, and deletes before what is left of a failed creation. */
const neverCreated = new Set<string | undefined>(['REVIEW_IN_PROGRESS', 'ROLLBACK_COMPLETE', 'ROLLBACK_FAILED']);

/**
 * Reads the template that a stack was last deployed with. Both requests go out at once.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_GetTemplate.html
 *
 * @throws the SDK's error where AWS refuses for any other reason than that there is no such stack
 */
export async function readTemplate(StackName: string, client: CloudFormationClient): Promise<DeployedTemplate> {
  const { DescribeStacksCommand, GetTemplateCommand } = await import('./cloudformation-client');
  try {
    const answers = [client.send(new DescribeStacksCommand({ StackName })), client.send(new GetTemplateCommand({ StackName, TemplateStage: 'Original' }))] as const;
    await Promise.allSettled(answers); // the caller destroys the client, which would forget a connection in use
    const [{ Stacks }, { TemplateBody }] = await Promise.all(answers);
    return neverCreated.has(Stacks?.[0]?.StackStatus) ? { kind: 'never-created' } : parsed(TemplateBody);
  } catch (error) {
    if (isNoSuchStack(error)) return { kind: 'absent' };
    throw error;
  }
}

function parsed(body: string | undefined): DeployedTemplate {
  if (!body) return { kind: 'never-created' };
  try {
    return { kind: 'deployed', template: parseTemplate(body) };
  } catch {
    return { kind: 'unknown', why: 'its deployed template is not JSON' };
  }
}

function isNoSuchStack(error: unknown): boolean {
  return error instanceof Error && error.name === 'ValidationError' && /\bdoes not exist\b/.test(error.message);
}
