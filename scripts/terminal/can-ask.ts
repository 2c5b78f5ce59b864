import { inCi } from '../ci/in-ci';
import type { Options } from '../options/options';
import type { Environment } from '../process/environment';

/**
 * Whether a person can be asked: standard input and output are terminals, no CI system runs this (`CI` is unset,
 * empty, `false` or `0`), and neither `--no-input` nor `--json` was given.
 */
export function canAsk(
  environment: Environment,
  { noInput, json }: Pick<Options, 'noInput' | 'json'>,
  stdinIsTTY: boolean,
  stdoutIsTTY: boolean,
): boolean {
  return stdinIsTTY && stdoutIsTTY && !noInput && !json && !inCi(environment);
}
