import { usage } from '../failures/failure';
import { nearest } from './nearest';

/** How jobs of CI get credentials: `context.takeoff.ci`. */
export interface CiSettings {
  /** Of the role that they assume where AWS_ROLE_ARN names none. */
  readonly roleArn: string | null;
  /** The variable in which they find their token, where it is not the system's own. */
  readonly tokenVariable: string | null;
}

const forms: ReadonlyMap<string, { readonly form: RegExp; readonly expected: string }> = new Map([
  ['roleArn', { form: /^arn:aws[\w-]*:iam::\d{12}:role\/\S+$/, expected: 'the ARN of a role, such as "arn:aws:iam::123456789012:role/deployer"' }],
  ['tokenVariable', { form: /^[A-Za-z_]\w*$/, expected: 'the name of an environment variable, such as "CI_OIDC_TOKEN"' }],
]);

/** @throws Failure USAGE for an unknown key or a wrong value */
export function readCiSettings(ci: Readonly<Record<string, unknown>>): CiSettings {
  for (const [key, value] of Object.entries(ci)) {
    const known = forms.get(key);
    if (known === undefined) {
      const near = nearest(key, forms.keys());
      throw usage(`context.takeoff.ci in cdk.json has no setting "${key}".`, near === null ? `It has: ${[...forms.keys()].join(', ')}.` : `Did you mean "${near}"?`);
    }
    if (typeof value !== 'string' || !known.form.test(value)) throw usage(`"${key}" of context.takeoff.ci in cdk.json has a wrong value.`, `It must be ${known.expected}.`);
  }
  const text = (key: string): string | null => {
    const value = Object.hasOwn(ci, key) ? ci[key] : null;
    return typeof value === 'string' ? value : null;
  };
  return { roleArn: text('roleArn'), tokenVariable: text('tokenVariable') };
}
