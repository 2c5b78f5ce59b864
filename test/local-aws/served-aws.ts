import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CloudFormationClient, CreateStackCommand, DeleteStackCommand, DescribeStackEventsCommand, UpdateStackCommand } from '@aws-sdk/client-cloudformation';
import { openLocalAws, type OpenLocalAws } from '../../scripts/local-aws/open';
import { settledStack, settledStatus, stackNow } from './settled-stack';
import { sendSigned } from './signed';

/** What a service of the AWS JSON protocol answered. */
export interface JsonAnswered {
  readonly status: number;
  readonly contentType: string | null;
  readonly body: { readonly [name: string]: unknown };
}

/** A local AWS of its own, called over the wire. */
export interface ServedAws {
  readonly aws: OpenLocalAws;
  /** @param target `Logs_20140328.CreateLogGroup` */
  json(service: string, target: string, input: object | string): Promise<JsonAnswered>;
  /** Creates or updates the stack `app`, and tells its status. */
  deploy(resources: object): Promise<string>;
  /** Deletes it. */
  destroy(): Promise<void>;
  /** `LogicalId reason` of what failed, oldest first. */
  failures(): Promise<readonly string[]>;
  close(): Promise<void>;
}

export async function openServedAws(): Promise<ServedAws> {
  const folder = mkdtempSync(join(tmpdir(), 'local-aws-'));
  const aws = await openLocalAws({ folder });
  const client = new CloudFormationClient({ endpoint: aws.origin, region: aws.region, credentials: aws.credentials, maxAttempts: 1 });
  return {
    aws,
    async json(service, target, input) {
      const body = typeof input === 'string' ? input : JSON.stringify(input);
      const response = await sendSigned(aws, { service, headers: { 'content-type': 'application/x-amz-json-1.1', 'x-amz-target': target }, body });
      return { status: response.status, contentType: response.headers.get('content-type'), body: (await response.json()) as JsonAnswered['body'] };
    },
    async deploy(resources) {
      const input = { StackName: 'app', TemplateBody: JSON.stringify({ Resources: resources }), Capabilities: ['CAPABILITY_NAMED_IAM' as const] };
      await client.send((await stackNow(client, 'app')) === null ? new CreateStackCommand(input) : new UpdateStackCommand(input));
      return (await settledStatus(client, 'app')) ?? 'gone';
    },
    async destroy() {
      await client.send(new DeleteStackCommand({ StackName: 'app' }));
      await settledStack(client, 'app');
    },
    async failures() {
      const { StackEvents = [] } = await client.send(new DescribeStackEventsCommand({ StackName: 'app' }));
      return StackEvents.toReversed().filter(({ ResourceStatus, ResourceType }) => ResourceStatus?.endsWith('_FAILED') && ResourceType !== 'AWS::CloudFormation::Stack').map(({ LogicalResourceId, ResourceStatusReason }) => `${LogicalResourceId} ${ResourceStatusReason}`);
    },
    async close() {
      client.destroy();
      await aws.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
