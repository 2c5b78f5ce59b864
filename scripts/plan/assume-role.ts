import type { Credentials } from '../credentials/source';
import { registerCredentials } from '../secrets/registry';
import type { PlanClients } from './clients';

/** In seconds, and the shortest that STS gives: the plan reads two answers. */
const duration = 900;

/** The credentials of a bootstrap role, registered as secrets. https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRole.html */
export async function assumeRole(RoleArn: string, region: string, clients: Pick<PlanClients, 'sts'>): Promise<Credentials> {
  const { AssumeRoleCommand } = await import('../credentials/connection/sts-client');
  const client = await clients.sts(region);
  try {
    const { Credentials: answered } = await client.send(new AssumeRoleCommand({ RoleArn, RoleSessionName: 'takeoff-plan', DurationSeconds: duration }));
    if (!answered?.AccessKeyId || !answered.SecretAccessKey || !answered.SessionToken) throw new Error('STS answered AssumeRole without credentials');
    const { AccessKeyId: accessKeyId, SecretAccessKey: secretAccessKey, SessionToken: sessionToken } = answered;
    registerCredentials({ secretAccessKey, sessionToken });
    return { accessKeyId, secretAccessKey, sessionToken };
  } finally {
    client.destroy();
  }
}
