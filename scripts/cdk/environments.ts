import { join } from 'node:path';
import type { AwsVariables } from '../credentials/connection/aws-variables';
import { exemptHosts } from '../credentials/connection/proxy';
import type { Environment } from '../process/environment';
import { noAwsFiles } from '../process/no-aws-files';
import { holdsCredential } from '../secrets/secret-shape';
import { harmlessNodeOptions } from './node-options';

/** The environment that the person's shell gave. */
export type PersonEnvironment = Environment;
/** The whole environment of a child. */
export type ChildEnvironment = Readonly<Record<string, string>>;

/** Names from which an AWS SDK or CLI takes an identity, a region, an endpoint or a file. */
const ofAws = /^(?:AWS|AMAZON)_|^aws_/;

/** With these a CI job mints identities, or reaches what does. */
const mintsIdentities = /^(?:ACTIONS_ID_TOKEN_REQUEST_|ACTIONS_RUNTIME_|CIRCLE_OIDC_TOKEN|BITBUCKET_STEP_OIDC_TOKEN|BUILDKITE_AGENT_ACCESS_TOKEN|CI_JOB_JWT|SYSTEM_ACCESSTOKEN|SYSTEM_OIDCREQUESTURI)/;

/** Names that say that the value is secret. */
const namesSecret = /(?:SECRET|TOKEN|PASSW(?:OR)?D|PASSPHRASE|CREDENTIAL|PRIVATE_?KEY|ACCESS_?KEY|API_?KEY)/i;

/** CDK reads each CDK_… variable as an option (yargs, `.env('CDK')`): these say what the run alone decides. */
const decidedByUs = /^CDK_(?:HOME|PROFILE|REGION|PLUGIN|OUTPUT|OUTDIR|ROLE_ARN|EC2CREDS|PROXY|CA_BUNDLE_PATH|NOTICES|WATCH|TELEMETRY|YES|DEBUG_CLI|DISABLE_|DEFAULT_|CONTEXT_JSON|CLI_)/;

/** What CDK itself, its terminal and Docker need. */
const neededByCdk =
  /^(?:PATH|USER|LOGNAME|SHELL|TERM|COLORTERM|COLUMNS|LINES|LANG|LANGUAGE|LC_\w+|TZ|TMPDIR|TMP|TEMP|CI|NO_COLOR|FORCE_COLOR|NODE_EXTRA_CA_CERTS|SSL_CERT_FILE|SSL_CERT_DIR|NODE_OPTIONS|CDK_DOCKER|DOCKER_HOST|DOCKER_CONTEXT|DOCKER_CONFIG|DOCKER_CERT_PATH|DOCKER_TLS_VERIFY|DOCKER_BUILDKIT|XDG_RUNTIME_DIR)$/;

/** For every child: its AWS clients find credentials nowhere else, and CDK asks the network for nothing but the work. */
const forEveryChild = {
  ...noAwsFiles,
  CDK_DISABLE_CLI_TELEMETRY: 'true',
  CDK_DISABLE_VERSION_CHECK: 'true',
};

/** What an app, its tools and a terminal need of any environment. */
const neededByApps = new RegExp(`^(?:${[
  'PATH|HOME|USER|LOGNAME|SHELL|HOSTNAME|PWD|TMPDIR|TMP|TEMP|TZ|LANG|LANGUAGE|LC_\\w+|XDG_\\w+|CI',
  'TERM|COLORTERM|COLUMNS|LINES|NO_COLOR|FORCE_COLOR',
  'NODE_ENV|NODE_OPTIONS|NODE_PATH|NODE_EXTRA_CA_CERTS|SSL_CERT_FILE|SSL_CERT_DIR|NVM_\\w+|VOLTA_HOME|FNM_\\w+',
  'npm_(?:execpath|node_execpath|command|lifecycle_\\w+|package_\\w+|config_(?:registry|cache|userconfig|globalconfig|prefix|loglevel|offline|update_notifier))',
  'JAVA_HOME|GOPATH|GOROOT|GOCACHE|VIRTUAL_ENV|PYTHONPATH|DOTNET_ROOT',
  'CDK_\\w+',
].join('|')})$`);

/** Whether the configuration may let a variable through to the app: none that names or holds a credential. */
function isHarmless(name: string, value: string): boolean {
  return /^[A-Za-z_]\w*$/.test(name)
    && !ofAws.test(name) && !mintsIdentities.test(name) && !namesSecret.test(name) && !decidedByUs.test(name)
    && !holdsCredential(value);
}

/** Whether a variable of the person's reaches code that the person wrote: what every app needs, and what the configuration names. */
function isForTheApp(name: string, value: string, appVariables: readonly string[]): boolean {
  return (neededByApps.test(name) || appVariables.includes(name)) && isHarmless(name, value);
}

function admitted(person: PersonEnvironment, isAdmitted: (name: string, value: string) => boolean): Record<string, string> {
  return Object.fromEntries(Object.entries(person).filter((entry): entry is [string, string] => entry[1] !== undefined && isAdmitted(entry[0], entry[1])));
}

/** Names of the person's variables that the app does not get, sorted: the report says which. */
export function withheldFromSynthesis(person: PersonEnvironment, appVariables: readonly string[]): string[] {
  return Object.entries(person).filter(([name, value]) => value !== undefined && !isForTheApp(name, value, appVariables)).map(([name]) => name).toSorted();
}

/** Those of them that the configuration could let through, were they named there. */
export function withheldButHarmless(person: PersonEnvironment, appVariables: readonly string[]): string[] {
  return withheldFromSynthesis(person, appVariables).filter((name) => isHarmless(name, person[name] ?? ''));
}

/** The same list for the proof and for CDK. */
function noProxy(said: PersonEnvironment): Record<'NO_PROXY' | 'no_proxy', string> {
  const list = exemptHosts(said).join(',');
  return { NO_PROXY: list, no_proxy: list };
}

function withHarmlessNodeOptions(environment: Record<string, string>): Record<string, string> {
  const { NODE_OPTIONS: options, ...others } = environment;
  const kept = options === undefined ? '' : harmlessNodeOptions(options).kept;
  return kept === '' ? others : { ...others, NODE_OPTIONS: kept };
}

/** What an app is synthesized for, and what it gets. */
export interface SynthesisTarget {
  /** Twelve digits; `null` where no identity was proved. */
  readonly account: string | null;
  readonly region: string | null;
  readonly cdkHome: string;
  /** Names of variables that the app gets besides what every app needs. */
  readonly appVariables: readonly string[];
}

/** For `cdk synth`, `build` and the app: no credential, and no means to get one. */
export function synthesisEnvironment(person: PersonEnvironment, target: SynthesisTarget): ChildEnvironment {
  return {
    ...admitted(person, (name, value) => isForTheApp(name, value, target.appVariables)),
    ...noProxy(person),
    ...forEveryChild,
    CDK_HOME: target.cdkHome,
    ...(target.account === null ? {} : { CDK_DEFAULT_ACCOUNT: target.account }),
    ...(target.region === null ? {} : { AWS_REGION: target.region, CDK_DEFAULT_REGION: target.region }),
  };
}

/** Where CDK works with credentials, and what it gets. */
export interface HandOverTarget {
  /** Twelve digits. */
  readonly account: string;
  readonly region: string;
  /** Which AWS is meant: the same for the proof and for CDK. */
  readonly aws: AwsVariables;
  readonly cdkHome: string;
  /** Whether the person allowed asset executables, Docker builds and plugins, which need variables of the person's. */
  readonly assetCommands?: boolean;
  /** Which of the app's variables those get. */
  readonly appVariables?: readonly string[];
}

/**
 * For CDK beside the credential endpoint. No key is in it, nor the endpoint, whose address and token CDK gets when it
 * runs. HOME is the cache, so that ~/.cdk.json names no plugin or profile; Docker is told where its own configuration is.
 */
export function handOverEnvironment(person: PersonEnvironment, target: HandOverTarget): ChildEnvironment {
  const needed = admitted(person, (name, value) => neededByCdk.test(name) || (target.assetCommands === true && isForTheApp(name, value, target.appVariables ?? [])));
  const home = person['HOME'];
  return {
    ...(home === undefined ? {} : { DOCKER_CONFIG: join(home, '.docker') }),
    ...withHarmlessNodeOptions(needed),
    ...target.aws,
    ...noProxy(target.aws['NO_PROXY'] === undefined ? { ...person, ...target.aws } : target.aws),
    ...forEveryChild,
    HOME: target.cdkHome,
    CDK_HOME: target.cdkHome,
    CDK_DEFAULT_ACCOUNT: target.account,
    AWS_REGION: target.region,
    AWS_DEFAULT_REGION: target.region,
  };
}
