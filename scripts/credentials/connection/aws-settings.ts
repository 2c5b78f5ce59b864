import { Failure } from '../../failures/failure';
import type { Environment } from '../../process/environment';
import type { AwsFiles } from '../profiles/aws-files';
import type { Profile } from '../profiles/profile';
import type { AwsVariables } from './aws-variables';
import { proxyVariables } from './proxy';

const endpointName = /^AWS_ENDPOINT_URL(?:_[A-Z0-9_]+)?$/;

/** The settings of a profile that say which AWS is meant, with the variables that say the same. */
const settings = [['ca_bundle', 'AWS_CA_BUNDLE'], ['use_fips_endpoint', 'AWS_USE_FIPS_ENDPOINT'], ['use_dualstack_endpoint', 'AWS_USE_DUALSTACK_ENDPOINT']] as const;

function said(value: string | undefined): string | null {
  const text = value?.trim() ?? '';
  return text === '' ? null : text;
}

/**
 * Which AWS is meant: the variables that are set, then what the profile that won says. A variable for one service goes before
 * the one for all, and any variable before the profile. https://docs.aws.amazon.com/sdkref/latest/guide/feature-ss-endpoints.html
 *
 * @throws Failure USAGE for a variable, BAD_CONFIG_FILE for a profile that says something impossible
 */
export function resolveAwsVariables(environment: Environment, of: { readonly profile: Profile; readonly files: AwsFiles } | null): AwsVariables {
  const resolved = new Map<string, string>(Object.entries(proxyVariables(environment)));
  if (!ignoresEndpoints(environment, of?.profile ?? null)) {
    for (const [name, url] of endpoints(environment, of)) resolved.set(name, url);
  }
  for (const [key, variable] of settings) {
    const value = said(environment[variable]) ?? said(of?.profile.properties.get(key));
    keep(resolved, variable, key === 'ca_bundle' || value === null ? value : flag(value, said(environment[variable]) === null ? `${key} of profile ${of?.profile.name}` : variable));
  }
  return Object.fromEntries(resolved);
}

function keep(resolved: Map<string, string>, name: string, value: string | null): void {
  if (value !== null) resolved.set(name, value);
}

function ignoresEndpoints(environment: Environment, profile: Profile | null): boolean {
  const value = said(environment['AWS_IGNORE_CONFIGURED_ENDPOINT_URLS']) ?? said(profile?.properties.get('ignore_configured_endpoint_urls'));
  return value?.toLowerCase() === 'true';
}

function endpoints(environment: Environment, of: { readonly profile: Profile; readonly files: AwsFiles } | null): Map<string, string> {
  const fromEnvironment = Object.entries(environment).flatMap(([name, value]): [string, string][] => {
    const url = said(value);
    return endpointName.test(name) && url !== null ? [[name, verifyUrl(url, name)]] : [];
  });
  const overAll = fromEnvironment.some(([name]) => name === 'AWS_ENDPOINT_URL');
  return new Map([...(of === null || overAll ? [] : endpointsOfProfile(of.profile, of.files)), ...fromEnvironment]);
}

function endpointsOfProfile(profile: Profile, files: AwsFiles): [string, string][] {
  const found: [string, string][] = [];
  const url = said(profile.properties.get('endpoint_url'));
  if (url !== null) found.push(['AWS_ENDPOINT_URL', verifyUrl(url, `endpoint_url of profile ${profile.name}`)]);
  const name = said(profile.properties.get('services'));
  if (name === null) return found;
  const services = files.services.get(name);
  if (services === undefined) {
    throw new Failure({ code: 'BAD_CONFIG_FILE', message: `Profile ${profile.name} (${profile.where}) names the services section "${name}", and there is none.`, fix: `Add [services ${name}] to ${files.configPath}, or take the line "services = ${name}" out.` });
  }
  for (const [key, value] of services) {
    const service = /^([\w-]+)\.endpoint_url$/.exec(key)?.[1];
    if (service !== undefined) found.push([`AWS_ENDPOINT_URL_${service.toUpperCase().replaceAll('-', '_')}`, verifyUrl(value, `${key} of [services ${name}]`)]);
  }
  return found;
}

function verifyUrl(url: string, where: string): string {
  const variable = where.startsWith('AWS_');
  if (/^https?:\/\/[^\s/]/.test(url) && URL.canParse(url)) {
    const { username, password } = new URL(url);
    if (username === '' && password === '') return url;
    throw new Failure({
      code: variable ? 'USAGE' : 'BAD_CONFIG_FILE',
      message: `${where} has a user name or password in it, which no AWS client sends, and which would be shown wherever the endpoint is.`,
      fix: 'Take what stands before the @ out of it.',
    });
  }
  throw new Failure({
    code: variable ? 'USAGE' : 'BAD_CONFIG_FILE',
    message: `${where} is not a URL that begins with http:// or https://.`,
    fix: variable ? `Correct it, for example: export ${where}=http://127.0.0.1:4566   (or unset ${where})` : 'Correct it, for example: endpoint_url = http://127.0.0.1:4566',
  });
}

function flag(value: string, where: string): string {
  const text = value.toLowerCase();
  if (text === 'true' || text === 'false') return text;
  throw new Failure({ code: where.startsWith('AWS_') ? 'USAGE' : 'BAD_CONFIG_FILE', message: `${where} is neither true nor false.`, fix: 'Write true or false, or leave it out.' });
}
