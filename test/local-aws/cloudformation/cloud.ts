import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CloudFormationClient, DescribeStackEventsCommand, DescribeStacksCommand, type Stack, type StackEvent } from '@aws-sdk/client-cloudformation';
import { cloudFormationResourceTypes } from '../../../scripts/local-aws/cloudformation/resource-types';
import { cloudFormationService } from '../../../scripts/local-aws/cloudformation/service';
import type { ResourceType } from '../../../scripts/local-aws/resource';
import type { LocalAws, Service } from '../../../scripts/local-aws/service';
import { openStore } from '../../../scripts/local-aws/store';
import { developerSession } from '../../../scripts/local-aws/sts/sessions';
import { serveQuery } from '../query-server';

const account = '000000000000';
export const region = 'us-west-2';
const developer = { accessKeyId: 'ASIALOCAL', secretAccessKey: 'not-a-secret', sessionToken: 'not-a-token', expiration: new Date('2999-01-01') };

/** A CloudFormation of its own. */
export interface Cloud {
  readonly local: LocalAws;
  readonly client: CloudFormationClient;
  /** Another caller's. */
  clientOf(credentials: { readonly accessKeyId: string; readonly secretAccessKey: string; readonly sessionToken: string }): CloudFormationClient;
  readonly service: Service;
  /** `cloudformation:CreateStack arn:…`, in order. */
  readonly authorized: string[];
}

export interface OpenCloud extends Cloud {
  close(): Promise<void>;
}

/** CloudFormation alone, on a port, with the types given. Signatures are not looked at. */
export async function openCloud(types: readonly ResourceType[]): Promise<OpenCloud> {
  const folder = mkdtempSync(join(tmpdir(), 'takeoff-cloudformation-'));
  const local: LocalAws = { account, store: openStore(folder), origin: () => '', log: () => {} };
  developerSession(local, developer, 'developer');
  const service = cloudFormationService(local, new Map([...cloudFormationResourceTypes, ...types].map((type) => [type.name, type])));
  const authorized: string[] = [];
  const server = await serveQuery(local, service, () => (action, resource) => void authorized.push(`${action} ${resource}`));
  const clients: CloudFormationClient[] = [];
  const clientOf: Cloud['clientOf'] = (credentials) => {
    const client = new CloudFormationClient({ endpoint: server.endpoint, region, maxAttempts: 1, credentials });
    clients.push(client);
    return client;
  };
  return {
    local, client: clientOf(developer), clientOf, service, authorized,
    async close() {
      await service.close?.();
      for (const client of clients) client.destroy();
      await server[Symbol.asyncDispose]();
      rmSync(folder, { recursive: true });
    },
  };
}

/** One of each test's own, of the types that `typesOf` gives for it. */
export function freshCloud(typesOf: () => readonly ResourceType[]): Cloud {
  let cloud: OpenCloud;
  beforeEach(async () => { cloud = await openCloud(typesOf()); });
  afterEach(() => cloud.close());
  return {
    get local() { return cloud.local; },
    get client() { return cloud.client; },
    get service() { return cloud.service; },
    get authorized() { return cloud.authorized; },
    clientOf: (credentials) => cloud.clientOf(credentials),
  };
}

/** The stack, once nothing is going on any more. */
export async function settled(cloud: Cloud, stackName: string): Promise<Stack> {
  await cloud.service.close?.();
  const { Stacks = [] } = await cloud.client.send(new DescribeStacksCommand({ StackName: stackName }));
  const [stack] = Stacks;
  if (stack === undefined) throw new Error(`no stack ${stackName}`);
  return stack;
}

/** `LogicalId STATUS reason`, oldest first. */
export async function history(cloud: Cloud, stackName: string): Promise<readonly string[]> {
  const events: StackEvent[] = [];
  let NextToken: string | undefined;
  do {
    const page = await cloud.client.send(new DescribeStackEventsCommand({ StackName: stackName, NextToken }));
    events.push(...(page.StackEvents ?? []));
    ({ NextToken } = page);
  } while (NextToken !== undefined);
  return events.toReversed().map((event) => [event.LogicalResourceId, event.ResourceStatus, event.ResourceStatusReason ?? ''].join(' ').trim());
}
