import { usage } from '../failures/failure';
import { nearest } from './nearest';

/** What one key of cdk.json may be set to. */
export interface Setting {
  /** For a sentence that begins "It must be". */
  readonly expected: string;
  readonly fits: (value: unknown) => boolean;
}

/** What the keys of one place of cdk.json may be set to. */
export type Settings = ReadonlyMap<string, Setting>;

/** A text of the given form. */
export function textSetting(form: RegExp, expected: string): Setting {
  return { expected, fits: (value) => typeof value === 'string' && form.test(value) };
}

/** A list of such texts. */
export function textsSetting(form: RegExp, expected: string): Setting {
  return { expected, fits: (value) => Array.isArray(value) && value.every((one) => typeof one === 'string' && form.test(one)) };
}

/**
 * That `settings` has `key`, and that `value` fits it.
 *
 * @param place as a sentence calls it: `context.takeoff.ci in cdk.json`
 * @throws Failure USAGE
 */
export function verifySetting(settings: Settings, key: string, value: unknown, place: string): void {
  const setting = settings.get(key);
  if (setting === undefined) {
    const near = nearest(key, settings.keys());
    throw usage(`${place} has no setting "${key}".`, near === null ? `It has: ${[...settings.keys()].join(', ')}.` : `Did you mean "${near}"?`);
  }
  if (!setting.fits(value)) throw usage(`"${key}" of ${place} has a wrong value.`, `It must be ${setting.expected}.`);
}
