import { readFileSync } from 'node:fs';
import { Failure } from '../../failures/failure';
import type { AwsVariables } from './aws-variables';

/**
 * The authorities in AWS_CA_BUNDLE, which stand in place of Node's own, as with the AWS CLI and CDK: a proof that trusted
 * more would pass where CDK then fails. `null` where none is named: Node's own and those of NODE_EXTRA_CA_CERTS count.
 *
 * @throws Failure BAD_CONFIG_FILE
 */
export function authoritiesOf(aws: AwsVariables): string | null {
  const path = aws['AWS_CA_BUNDLE'];
  if (path === undefined) return null;
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw new Failure({ code: 'BAD_CONFIG_FILE', message: `The certificates of AWS_CA_BUNDLE cannot be read: ${path} (${code ?? 'unknown error'}).`, fix: 'Correct the path, or unset it: unset AWS_CA_BUNDLE   (a profile names it as ca_bundle)', cause: error });
  }
  if (!text.includes('-----BEGIN CERTIFICATE-----')) {
    throw new Failure({ code: 'BAD_CONFIG_FILE', message: `The file of AWS_CA_BUNDLE holds no certificate in PEM format: ${path}.`, fix: 'Point it at a PEM file, or unset it: unset AWS_CA_BUNDLE   (a profile names it as ca_bundle)' });
  }
  return text;
}
