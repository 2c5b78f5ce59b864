import { readFileSync } from 'node:fs';
import { rootCertificates } from 'node:tls';
import { Failure } from '../failures/failure';
import type { AwsVariables } from './aws-variables';

export type ClientService = 'sts' | 'ssm' | 'cloudformation' | 'iam';

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
  readonly requestHandler: {
    /** Milliseconds until a connection must stand. */
    readonly connectionTimeout: number;
    /** Milliseconds until the answer must begin. */
    readonly requestTimeout: number;
    /** Milliseconds of silence that end a request. */
    readonly socketTimeout: number;
    readonly throwOnRequestTimeout: true;
    readonly httpsAgent?: { readonly ca: string[]; readonly keepAlive: boolean };
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
export function clientConfig(aws: AwsVariables, service: ClientService, region: string): ClientConfig {
  const endpoint = endpointOf(aws, service);
  const bundle = aws['AWS_CA_BUNDLE'];
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
    requestHandler: {
      connectionTimeout: 5_000,
      requestTimeout: 10_000,
      socketTimeout: 10_000,
      throwOnRequestTimeout: true,
      ...(bundle === undefined ? {} : { httpsAgent: { ca: authorities(bundle), keepAlive: true } }),
    },
  };
}

/** The authorities in the bundle, besides Node's own and those of NODE_EXTRA_CA_CERTS, which `ca` would replace. */
function authorities(bundle: string): string[] {
  const extra = process.env['NODE_EXTRA_CA_CERTS'];
  return [...rootCertificates, ...(extra ? [readCertificates('NODE_EXTRA_CA_CERTS', extra)] : []), readCertificates('AWS_CA_BUNDLE', bundle)];
}

function readCertificates(name: string, path: string): string {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw new Failure({ code: 'BAD_CONFIG_FILE', message: `The certificates of ${name} cannot be read: ${path} (${code ?? 'unknown error'}).`, fix: `Correct the path, or unset it: unset ${name}`, cause: error });
  }
  if (!text.includes('-----BEGIN CERTIFICATE-----')) {
    throw new Failure({ code: 'BAD_CONFIG_FILE', message: `The file of ${name} holds no certificate in PEM format: ${path}.`, fix: `Point it at a PEM file, or unset it: unset ${name}` });
  }
  return text;
}
