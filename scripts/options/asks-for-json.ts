import type { CommandName } from './options';
import { readWords } from './words';

/**
 * Whether a command line asks for one JSON object, in any spelling of `--json`. It is asked before the command line is
 * known to be right: whoever reads JSON gets what is wrong with it in JSON too.
 */
export function asksForJson(command: CommandName, argv: readonly string[]): boolean {
  try {
    return readWords(command, argv).reduce((asked, word) => (word.kind === 'option' && word.known.kind === 'own' && word.known.name === 'json' ? word.on : asked), false);
  } catch {
    return argv.some((argument) => /^(?:--json(?:=true)?|-j)$/.test(argument));
  }
}
