import { clientConfig } from '../credentials/aws-client';
import type { AwsVariables } from '../credentials/aws-variables';
import { told } from '../credentials/call-log';
import type { Credentials } from '../credentials/source';
import { translate } from '../identity/translate';
import type { ReadVersion } from './bootstrap';

/**
 * Reads bootstrap versions from SSM. Needs `ssm:GetParameter`; without it the answer is `unknown`.
 *
 * @throws Failure where AWS cannot be reached or refuses the credentials
 */
export function readVersionWith(credentials: Credentials, aws: AwsVariables): ReadVersion {
  return async (parameter, region) => {
    const { GetParameterCommand, SSMClient } = await import('@aws-sdk/client-ssm');
    const client = told(new SSMClient({ ...clientConfig(aws, 'ssm', region), credentials }), 'ssm');
    try {
      const { Parameter } = await client.send(new GetParameterCommand({ Name: parameter }));
      const text = Parameter?.Value ?? '';
      return /^\d+$/.test(text) ? { kind: 'version', version: Number(text) } : { kind: 'unknown', why: `the SSM parameter ${parameter} holds no number` };
    } catch (error) {
      const name = error instanceof Error ? error.name : '';
      if (name === 'ParameterNotFound') return { kind: 'absent' };
      if (name === 'AccessDeniedException' || name === 'AccessDenied') return { kind: 'unknown', why: `these credentials may not read the SSM parameter ${parameter}` };
      throw translate(error, { aws, region, service: 'ssm' });
    } finally {
      client.destroy();
    }
  };
}
