import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { CloudFormationClient, CreateStackCommand, waitUntilStackCreateComplete } from '@aws-sdk/client-cloudformation';
import type { Credentials } from '../../scripts/credentials/source';
import { openLocalAws } from '../../scripts/local-aws/open';
import { startEmulator, type Emulator } from './emulator';
import type { Project } from './project';

// Accounts that are ready for CDK, where the bootstrap is not what is tested: a run of CDK costs ten times as much.
// That it is the stack that `cdk bootstrap` makes is tested in cdk-options.test.ts.

/** CDK's own, which `cdk bootstrap --show-template` prints. */
const template = join(createRequire(__filename).resolve('aws-cdk/package.json'), '../lib/api/bootstrap/bootstrap-template.yaml');

/** An AWS on this machine, and who may do everything there. */
export interface Aws {
  readonly origin: string;
  readonly credentials: Pick<Credentials, 'accessKeyId' | 'secretAccessKey' | 'sessionToken'>;
}

/** @param parameters of CDK's template, besides those that `cdk bootstrap` gives by itself */
export async function bootstrap({ origin, credentials }: Aws, parameters: Readonly<Record<string, string>> = {}): Promise<void> {
  const client = new CloudFormationClient({ endpoint: origin, region: 'us-west-2', credentials });
  try {
    await client.send(new CreateStackCommand({
      StackName: 'CDKToolkit',
      TemplateBody: readFileSync(template, 'utf8'),
      Capabilities: ['CAPABILITY_IAM', 'CAPABILITY_NAMED_IAM', 'CAPABILITY_AUTO_EXPAND'],
      Parameters: Object.entries({ FileAssetsBucketKmsKeyId: 'AWS_MANAGED_KEY', ...parameters }).map(([ParameterKey, ParameterValue]) => ({ ParameterKey, ParameterValue })),
    }));
    await waitUntilStackCreateComplete({ client, maxWaitTime: 30, minDelay: 1, maxDelay: 1 }, { StackName: 'CDKToolkit' });
  } finally {
    client.destroy();
  }
}

/** An emulator whose account is bootstrapped. */
export async function startBootstrapped(parameters: Readonly<Record<string, string>> = {}): Promise<Emulator> {
  const emulator = await startEmulator();
  const { origin, accessKeyId, secretAccessKey, environment: { AWS_SESSION_TOKEN: sessionToken = '' } } = emulator;
  await bootstrap({ origin, credentials: { accessKeyId, secretAccessKey, sessionToken } }, parameters);
  return emulator;
}

/** Leaves the local AWS of a project bootstrapped, as the first `deploy --local` would. */
export async function bootstrapLocal({ directory }: Project): Promise<void> {
  const aws = await openLocalAws({ folder: join(directory, '.takeoff/local') });
  try {
    await bootstrap(aws);
  } finally {
    await aws.close();
  }
}
