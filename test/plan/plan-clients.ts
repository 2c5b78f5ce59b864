import { CloudFormationClient } from '@aws-sdk/client-cloudformation';
import { STSClient } from '@aws-sdk/client-sts';
import type { PlanClients } from '../../scripts/plan/clients';

process.env['AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED'] = 'true';

/** Of the run itself. */
export const ownKeyId = 'AKIAOWNOWNOWNOWNOWN2';

/** Clients of the real SDK for a server on this machine, with no retries. */
export function clientsFor(endpoint: string): PlanClients {
  const own = { accessKeyId: ownKeyId, secretAccessKey: 'o'.repeat(40) };
  return {
    cloudFormation: async (region, credentials = own) => new CloudFormationClient({ endpoint, region, credentials, maxAttempts: 1 }),
    sts: async (region) => new STSClient({ endpoint, region, credentials: own, maxAttempts: 1 }),
  };
}
