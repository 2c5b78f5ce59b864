import type { Readable } from 'node:stream';
import { agentsFor, type AwsAgents } from './aws-agents';
import type { AwsVariables } from './aws-variables';
import { collectAnswer } from './collect-answer';

/** What a client of the SDK is made for, as the endpoint variables name it in upper case. */
export type ClientService = 'sts' | 'ssm' | 'cloudformation' | 'iam' | 'sso_oidc';

/** What a client of the SDK is made with, so that it reads neither environment nor files. */
export interface ClientConfig {
  readonly region: string;
  readonly endpoint?: string;
  readonly useFipsEndpoint: boolean;
  readonly useDualstackEndpoint: boolean;
  /** The first attempt counts. Between attempts the SDK's standard mode waits, with jitter. */
  readonly maxAttempts: number;
  readonly retryMode: 'standard';
  readonly defaultsMode: 'standard';
  readonly userAgentAppId: string;
  readonly authSchemePreference: string[];
  /** How the bytes of an answer are read: those of the SDK's own reader have no bound. */
  readonly streamCollector: (answer: Readable) => Promise<Uint8Array>;
  readonly requestHandler: AwsAgents & {
    /** Milliseconds until a connection must stand. */
    readonly connectionTimeout: number;
    /** Milliseconds until the answer must begin. */
    readonly requestTimeout: number;
    /** Milliseconds of silence that end a request. */
    readonly socketTimeout: number;
    readonly throwOnRequestTimeout: true;
  };
}

/** The endpoint that `aws` names for `service`: its own first. */
export function endpointOf(aws: AwsVariables, service: ClientService): string | null {
  return aws[`AWS_ENDPOINT_URL_${service.toUpperCase()}`] ?? aws['AWS_ENDPOINT_URL'] ?? null;
}

/**
 * How to reach `service` in `region` of the AWS that `aws` names.
 *
 * @throws Failure BAD_CONFIG_FILE where the bundle of certificates cannot be read
 */
export async function clientConfig(aws: AwsVariables, service: ClientService, region: string): Promise<ClientConfig> {
  const endpoint = endpointOf(aws, service);
  // STS answers at once or not at all, and a person waits for it before anything else happens.
  const patience = service === 'sts' ? 5_000 : 10_000;
  return {
    region,
    ...(endpoint === null ? {} : { endpoint }),
    useFipsEndpoint: aws['AWS_USE_FIPS_ENDPOINT'] === 'true',
    useDualstackEndpoint: aws['AWS_USE_DUALSTACK_ENDPOINT'] === 'true',
    maxAttempts: 3,
    retryMode: 'standard',
    defaultsMode: 'standard',
    userAgentAppId: 'cdk-takeoff',
    authSchemePreference: ['sigv4'],
    streamCollector: (answer) => collectAnswer(answer),
    requestHandler: {
      connectionTimeout: 5_000,
      requestTimeout: patience,
      socketTimeout: patience,
      throwOnRequestTimeout: true,
      ...await agentsFor(aws),
    },
  };
}
