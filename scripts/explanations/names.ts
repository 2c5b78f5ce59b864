import { checkIds } from '../failures/check-ids';
import { exitCodes } from '../failures/exit-codes';

/** Everything that `--explain` knows: the codes, then the checks. */
export const explainable: readonly string[] = [...Object.keys(exitCodes), ...checkIds];

/** For a sentence that says what there is. */
export const explainableText = `Codes: ${Object.keys(exitCodes).join(', ')}.\nChecks: ${checkIds.join(', ')}.`;
