/**
 * The environment variables that say which AWS is meant: AWS_ENDPOINT_URL and its service variants,
 * AWS_IGNORE_CONFIGURED_ENDPOINT_URLS, AWS_CA_BUNDLE, AWS_USE_FIPS_ENDPOINT, AWS_USE_DUALSTACK_ENDPOINT, and
 * the proxy's. The same for the proof and for CDK.
 * https://docs.aws.amazon.com/sdkref/latest/guide/feature-ss-endpoints.html
 */
export type AwsVariables = Readonly<Record<string, string>>;
