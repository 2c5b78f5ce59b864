import { ssoCacheFile } from '../credentials/profiles/sso-login';
import { writePrivateFile } from '../keep/private-file';
import type { SsoSettings } from './login-needed';

/** A login to IAM Identity Center. All but the dates and the id is secret. */
export interface SsoToken {
  readonly accessToken: string;
  readonly expiresAt: Date;
  /** With which a new one comes without a person, while this program is registered. */
  readonly refreshToken?: string;
  readonly clientId: string;
  readonly clientSecret: string;
  readonly registrationExpiresAt: Date;
}

/** As the AWS CLI writes them: no SDK minds the missing milliseconds, and some mind them where they are. */
function seconds(date: Date): string {
  return date.toISOString().replace(/\.\d+Z$/, 'Z');
}

/**
 * Keeps a login where the AWS CLI and the SDKs look, in their form, readable by its owner only.
 * https://docs.aws.amazon.com/sdkref/latest/guide/understanding-sso.html
 *
 * @returns the path
 * @throws Failure BAD_CONFIG_FILE where it cannot be written
 */
export async function keepToken(home: string, { session, startUrl, region }: SsoSettings, token: SsoToken): Promise<string> {
  const path = ssoCacheFile(home, session ?? startUrl);
  const { accessToken, expiresAt, refreshToken, clientId, clientSecret, registrationExpiresAt } = token;
  await writePrivateFile(path, JSON.stringify({
    startUrl,
    region,
    accessToken,
    expiresAt: seconds(expiresAt),
    clientId,
    clientSecret,
    registrationExpiresAt: seconds(registrationExpiresAt),
    // Without [sso-session] nobody renews a login: what could is not left on the disk.
    ...(refreshToken === undefined || session === null ? {} : { refreshToken }),
  }));
  return path;
}
