import type { CreateTokenCommandInput, RegisterClientCommandInput, SSOOIDCClient } from '@aws-sdk/client-sso-oidc';
import { clientConfig, endpointOf } from '../credentials/connection/aws-client';
import type { AwsVariables } from '../credentials/connection/aws-variables';
import { toldCall } from '../credentials/connection/call-log';
import { registerSecret } from '../secrets/registry';
import type { SsoToken } from './keep-token';
import type { SsoSettings } from './login-needed';

/** This program, as IAM Identity Center knows it for some weeks. */
export interface Registration {
  readonly clientId: string;
  readonly clientSecret: string;
  readonly expiresAt: Date;
}

/** What a login asks of IAM Identity Center. Every answer's secrets are registered before it is returned. Throws what the SDK throws. */
export interface Oidc {
  /** Of the page to log in at; without a slash at its end. */
  readonly authorizeUrl: string;
  register(more: Pick<RegisterClientCommandInput, 'grantTypes' | 'redirectUris' | 'issuerUrl'>): Promise<Registration>;
  startDevice(registration: Registration): Promise<DeviceAuthorization>;
  createToken(registration: Registration, grant: Pick<CreateTokenCommandInput, 'grantType' | 'code' | 'codeVerifier' | 'redirectUri' | 'deviceCode'>): Promise<SsoToken>;
  close(): void;
}

/** A code for a person, and one for us. https://datatracker.ietf.org/doc/html/rfc8628#section-3.2 */
export interface DeviceAuthorization {
  readonly deviceCode: string;
  /** That the person compares with the one on the page. */
  readonly userCode: string;
  readonly verificationUri: string;
  readonly verificationUriComplete: string;
  /** Seconds. */
  readonly expiresIn: number;
  /** Seconds between two questions. */
  readonly interval: number;
}

/** The AWS CLI's default, of RFC 8628. */
const usualInterval = 5;

/**
 * IAM Identity Center's own login, at the endpoint that the run means. The calls are not signed.
 * https://docs.aws.amazon.com/singlesignon/latest/OIDCAPIReference/Welcome.html
 */
export async function openOidc(aws: AwsVariables, settings: SsoSettings): Promise<Oidc> {
  const sdk = await import('@aws-sdk/client-sso-oidc');
  const client = new sdk.SSOOIDCClient(await clientConfig(aws, 'sso_oidc', settings.region));
  return {
    authorizeUrl: `${await baseUrl(client, aws, settings.region)}/authorize`,
    async register(more) {
      const { scopes } = settings;
      const command = new sdk.RegisterClientCommand({ clientName: 'cdk-takeoff', clientType: 'public', scopes: [...scopes], ...more });
      const answer = await toldCall('sso-oidc', 'RegisterClient', () => client.send(command));
      const { clientId, clientSecret, clientSecretExpiresAt } = answer;
      registerSecret(clientSecret);
      return { clientId: present(clientId), clientSecret: present(clientSecret), expiresAt: new Date((clientSecretExpiresAt ?? 0) * 1000) };
    },
    async startDevice({ clientId, clientSecret }) {
      const command = new sdk.StartDeviceAuthorizationCommand({ clientId, clientSecret, startUrl: settings.startUrl });
      const answer = await toldCall('sso-oidc', 'StartDeviceAuthorization', () => client.send(command));
      registerSecret(answer.deviceCode);
      const verificationUri = present(answer.verificationUri);
      return {
        deviceCode: present(answer.deviceCode),
        userCode: present(answer.userCode),
        verificationUri,
        verificationUriComplete: answer.verificationUriComplete ?? verificationUri,
        expiresIn: present(answer.expiresIn),
        interval: answer.interval ?? usualInterval,
      };
    },
    async createToken({ clientId, clientSecret, expiresAt: registrationExpiresAt }, grant) {
      const command = new sdk.CreateTokenCommand({ clientId, clientSecret, ...grant });
      const { accessToken, expiresIn, refreshToken } = await toldCall('sso-oidc', 'CreateToken', () => client.send(command));
      registerSecret(accessToken);
      registerSecret(refreshToken);
      return {
        accessToken: present(accessToken),
        expiresAt: new Date(Date.now() + present(expiresIn) * 1000),
        clientId,
        clientSecret,
        registrationExpiresAt,
        ...(refreshToken === undefined ? {} : { refreshToken }),
      };
    },
    close: () => { client.destroy(); },
  };
}

/** A proxy's page that is answered with 200 has none of what an answer has. */
function present<Value>(value: Value | undefined): Value {
  if (value === undefined) throw Object.assign(new Error('an answer without what it must have'), { name: 'Unknown' });
  return value;
}

/** The SDK has no operation for the page, which is at the same host as the API. */
async function baseUrl(client: SSOOIDCClient, aws: AwsVariables, region: string): Promise<string> {
  const Endpoint = endpointOf(aws, 'sso_oidc') ?? undefined;
  const [UseFIPS, UseDualStack] = await Promise.all([client.config.useFipsEndpoint(), client.config.useDualstackEndpoint()]);
  const { url } = client.config.endpointProvider({ Region: region, UseFIPS, UseDualStack, ...(Endpoint === undefined ? {} : { Endpoint }) });
  return url.href.replace(/\/+$/, '');
}
