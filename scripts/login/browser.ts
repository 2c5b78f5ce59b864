import { variableIn, type Environment } from '../process/environment';
import { isSuccess } from '../process/ending';
import { startChild } from '../process/spawn';
import { browserEnvironment, isProgram, onPath } from './programs';

/** A program that opens pages. */
export interface Opener {
  readonly file: string;
  readonly argsFor: (url: string) => readonly string[];
}

/** Of SSH, GitHub Codespaces and development containers: all have their browser somewhere else. */
const elsewhere = ['SSH_CONNECTION', 'SSH_TTY', 'CODESPACES', 'REMOTE_CONTAINERS'];

/** Whether the person sits before another machine, whose browser cannot come back to a page on this one. */
function isElsewhere(environment: Environment): boolean {
  return elsewhere.some((name) => variableIn(environment, name) !== null);
}

/** What opens a page in the person's browser; `null` where none can be opened: over SSH, without a screen. */
export function browserOpener(environment: Environment, platform: NodeJS.Platform = process.platform): Opener | null {
  if (isElsewhere(environment)) return null;
  const said = variableIn(environment, 'BROWSER');
  if (said !== null) return saidOpener(said, environment);
  if (platform === 'darwin') return opener(onPath('open', environment));
  const inWsl = environment['WSL_DISTRO_NAME'] !== undefined || environment['WSL_INTEROP'] !== undefined;
  const windows = inWsl ? opener(onPath('wslview', environment)) : null;
  const hasScreen = Boolean(environment['DISPLAY']) || Boolean(environment['WAYLAND_DISPLAY']);
  return windows ?? (hasScreen ? opener(onPath('xdg-open', environment)) : null);
}

function opener(file: string | null): Opener | null {
  return file === null ? null : { file, argsFor: (url) => [url] };
}

/** The first of BROWSER's programs that is there; `%s` is where the address goes. */
function saidOpener(said: string, environment: Environment): Opener | null {
  if (isProgram(said)) return opener(said);
  for (const command of said.split(':')) {
    const [name = '', ...words] = command.trim().split(/\s+/);
    const file = name.includes('/') ? (isProgram(name) ? name : null) : onPath(name, environment);
    if (file !== null) return { file, argsFor: (url) => (words.includes('%s') ? words.map((word) => (word === '%s' ? url : word)) : [...words, url]) };
  }
  return null;
}

/** Opens `url`. Resolves to false where that failed; a browser that stays open says nothing, and is not waited for. */
export async function openBrowser({ file, argsFor }: Opener, url: string, environment: Environment, cwd: string): Promise<boolean> {
  const { process: child, ended } = startChild({ file, args: argsFor(url), cwd, env: browserEnvironment(environment), stdio: 'ignore', ownGroup: true });
  child.unref();
  return isSuccess(await ended);
}
