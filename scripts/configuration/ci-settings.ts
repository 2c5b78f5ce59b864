import { own, type JsonObject } from './json-object';
import { textSetting, verifySetting, type Settings } from './setting';

/** How jobs of CI get credentials: `context.takeoff.ci`. */
export interface CiSettings {
  /** Of the role that they assume where AWS_ROLE_ARN names none. */
  readonly roleArn: string | null;
  /** The variable in which they find their token, where it is not the system's own. */
  readonly tokenVariable: string | null;
}

const settings: Settings = new Map([
  ['roleArn', textSetting(/^arn:aws[\w-]*:iam::\d{12}:role\/\S+$/, 'the ARN of a role, such as "arn:aws:iam::123456789012:role/deployer"')],
  ['tokenVariable', textSetting(/^[A-Za-z_]\w*$/, 'the name of an environment variable, such as "CI_OIDC_TOKEN"')],
]);

/** @throws Failure USAGE for an unknown key or a wrong value */
export function readCiSettings(ci: JsonObject): CiSettings {
  for (const [key, value] of Object.entries(ci)) verifySetting(settings, key, value, 'context.takeoff.ci in cdk.json');
  const text = (key: string): string | null => {
    const value = own(ci, key);
    return typeof value === 'string' ? value : null;
  };
  return { roleArn: text('roleArn'), tokenVariable: text('tokenVariable') };
}
