import type { TargetEnvironment } from '../configuration/target-environment';

/** The environment of a run. */
export interface Target {
  readonly environment: TargetEnvironment;
  /** `--env`; the only one that there is; the person, from the list. */
  readonly namedBy: 'option' | 'only' | 'list';
}
