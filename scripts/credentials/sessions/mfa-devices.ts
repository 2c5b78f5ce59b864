import type { AwsVariables } from '../connection/aws-variables';
import { askIam } from '../connection/iam-query';
import type { Credentials } from '../source';

/** What is known of the MFA devices of a user that give codes. */
export type MfaDevices =
  | { readonly kind: 'known'; readonly serials: readonly string[] }
  /** The caller may not list them, or IAM did not answer. */
  | { readonly kind: 'unknown' };

/** A passkey or a security key gives no code, and STS takes nothing else. */
const givesCodes = (serial: string): boolean => !/:u2f\//.test(serial);

/**
 * Asks IAM for the user's own MFA devices. Needs `iam:ListMFADevices`; whatever goes wrong only means that they are not known.
 * https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListMFADevices.html
 */
export async function readMfaDevices(credentials: Credentials, aws: AwsVariables, partition: string): Promise<MfaDevices> {
  try {
    const answer = await askIam('ListMFADevices', credentials, aws, partition);
    if (answer?.status !== 200 || !answer.text.includes('<ListMFADevicesResult')) return { kind: 'unknown' };
    const serials = [...answer.text.matchAll(/<SerialNumber>([\w+=/:,.@-]{9,256})<\/SerialNumber>/g)].map(([, serial = '']) => serial);
    return { kind: 'known', serials: serials.filter(givesCodes) };
  } catch {
    return { kind: 'unknown' };
  }
}
