import { isHeard } from '../ci/mask';
import type { CommandName } from '../options/options';
import type { Environment } from '../process/environment';
import { annotatingScreen } from '../terminal/annotations';
import { silentScreen, textScreen, type Screen } from '../terminal/screen';
import { styleFor, type Style } from '../terminal/style';

/** How text is set on `stream`, for the person whose shell gave `environment`. */
function styleOf({ isTTY, columns }: NodeJS.WriteStream, environment: Environment): Style {
  return styleFor({ isTerminal: isTTY, columns, environment });
}

/** Whether a command's standard output is data that goes into a file or a pipe: an answer, a template. */
export function givesData(name: CommandName): boolean {
  return name === 'call' || name === 'synth';
}

/** Where the command `name` writes in this process; a runner of GitHub Actions gets failures and warnings as annotations. */
export function screenFor(name: CommandName, environment: Environment, json: boolean): Screen {
  const { stdout, stderr } = process;
  const style = styleOf(stdout, environment);
  const plain = json ? silentScreen(style) : textScreen({ style, errorStyle: styleOf(stderr, environment), stdout: givesData(name) ? stderr : stdout, results: stdout, stderr });
  return isHeard(environment, stderr) ? annotatingScreen(plain, (line) => { stderr.write(line); }) : plain;
}
