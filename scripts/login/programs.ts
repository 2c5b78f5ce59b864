import { accessSync, constants, statSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import type { Environment } from '../process/environment';

/** Where the program `name` is on PATH; `null` where it is not. */
export function onPath(name: string, environment: Environment): string | null {
  for (const folder of (environment['PATH'] ?? '').split(delimiter)) {
    const path = join(folder, name);
    if (folder !== '' && isProgram(path)) return path;
  }
  return null;
}

export function isProgram(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return statSync(path).isFile();
  } catch {
    return false;
  }
}

/** What a browser, and what opens it, finds its screen, its files and its words by. */
const ofTheDesk = /^(?:PATH|HOME|USER|LOGNAME|SHELL|TERM|COLORTERM|COLUMNS|LINES|LANG|LANGUAGE|LC_\w+|TZ|TMPDIR|TMP|TEMP|NO_COLOR|BROWSER|DISPLAY|WAYLAND_DISPLAY|XAUTHORITY|XDG_\w+|DBUS_SESSION_BUS_ADDRESS|DESKTOP_SESSION|GNOME_\w+|KDE_\w+|WSL_DISTRO_NAME|WSL_INTEROP|WSLENV|VSCODE_IPC_HOOK_CLI|SSH_CONNECTION|SSH_TTY|PYENV_ROOT|PYENV_VERSION|VIRTUAL_ENV)$/;

/** What tells the AWS CLI where its files are and which AWS is meant: no key, no profile, no token. */
const ofTheAwsCli = /^(?:AWS_CONFIG_FILE|AWS_SHARED_CREDENTIALS_FILE|AWS_CA_BUNDLE|REQUESTS_CA_BUNDLE|AWS_ENDPOINT_URL(?:_\w+)?|AWS_IGNORE_CONFIGURED_ENDPOINT_URLS|AWS_USE_(?:FIPS|DUALSTACK)_ENDPOINT|AWS_LOGIN_CACHE_DIRECTORY|AWS_PAGER|https?_proxy|all_proxy|no_proxy|HTTPS?_PROXY|ALL_PROXY|NO_PROXY)$/;

function picked(environment: Environment, names: readonly RegExp[]): Record<string, string> {
  return Object.fromEntries(Object.entries(environment).filter((entry): entry is [string, string] => entry[1] !== undefined && names.some((name) => name.test(entry[0]))));
}

/** For what opens a browser. */
export function browserEnvironment(environment: Environment): Record<string, string> {
  return picked(environment, [ofTheDesk]);
}

/** For the AWS CLI, which opens one too. */
export function awsCliEnvironment(environment: Environment): Record<string, string> {
  return picked(environment, [ofTheDesk, ofTheAwsCli]);
}
