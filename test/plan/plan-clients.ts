import { CloudFormationClient } from '@aws-sdk/client-cloudformation';
import { sessionOfBootstrapRole } from '../../scripts/credentials/sessions/bootstrap-role';
import type { PlanClients } from '../../scripts/plan/clients';

process.env['AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED'] = 'true';

/** Of the run itself. */
export const ownKeyId = 'AKIAOWNOWNOWNOWNOWN2';

/** Clients of the real SDK for a server on this machine, with no retries of CloudFormation. */
export function clientsFor(endpoint: string): PlanClients {
  const own = { accessKeyId: ownKeyId, secretAccessKey: 'o'.repeat(40) };
  return {
    cloudFormation: async (region, credentials = own) => new CloudFormationClient({ endpoint, region, credentials, maxAttempts: 1 }),
    assumeRole: (roleArn, region) => sessionOfBootstrapRole(roleArn, 'plan', own, { AWS_ENDPOINT_URL: endpoint }, region),
  };
}
