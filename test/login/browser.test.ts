import { chmodSync } from 'node:fs';
import { join } from 'node:path';
import { browserOpener } from '../../scripts/login/browser';
import { awsCliEnvironment, browserEnvironment } from '../../scripts/login/programs';
import { makePlace, type Place } from '../credentials/place';

let place: Place;
let bin: string;

beforeEach(() => {
  place = makePlace();
  bin = join(place.home, 'bin');
  for (const name of ['open', 'xdg-open', 'wslview', 'firefox']) chmodSync(place.inHome(`bin/${name}`, ''), 0o755);
});
afterEach(() => place.remove());

/** The program and its arguments for `https://x/`, without its folder. */
function opening(environment: Readonly<Record<string, string>>, platform: NodeJS.Platform = 'linux'): readonly string[] | null {
  const opener = browserOpener({ PATH: bin, ...environment }, platform);
  return opener === null ? null : [opener.file.replace(`${bin}/`, ''), ...opener.argsFor('https://x/')];
}

test.each<[string, Record<string, string>, NodeJS.Platform, readonly string[] | null]>([
  ['macOS', {}, 'darwin', ['open', 'https://x/']],
  ['X11', { DISPLAY: ':0' }, 'linux', ['xdg-open', 'https://x/']],
  ['Wayland', { WAYLAND_DISPLAY: 'wayland-0' }, 'linux', ['xdg-open', 'https://x/']],
  ['WSL', { WSL_DISTRO_NAME: 'Ubuntu' }, 'linux', ['wslview', 'https://x/']],
  ['no screen', {}, 'linux', null],
  ['a screen and nothing that opens a page', { DISPLAY: ':0', PATH: '/nowhere' }, 'linux', null],
  ['WSL without wslview, with a screen of its own', { WSL_INTEROP: '/run/WSL/1', DISPLAY: ':0', PATH: '/nowhere' }, 'linux', null],
  ['BROWSER', { BROWSER: 'firefox' }, 'linux', ['firefox', 'https://x/']],
  ['BROWSER with words', { BROWSER: 'nothing-here:firefox --new-window %s --wait' }, 'linux', ['firefox', '--new-window', 'https://x/', '--wait']],
  ['BROWSER that is not there', { BROWSER: 'nothing-here', DISPLAY: ':0' }, 'linux', null],
  ['SSH, whatever else is set', { SSH_CONNECTION: '192.0.2.1 1 192.0.2.2 22', DISPLAY: 'localhost:10.0', BROWSER: 'firefox' }, 'linux', null],
  ['a Codespace', { CODESPACES: 'true', BROWSER: 'firefox' }, 'linux', null],
  ['SSH on macOS', { SSH_TTY: '/dev/ttys001' }, 'darwin', null],
])('%s', (_, environment, platform, expected) => {
  expect(opening(environment, platform)).toEqual(expected);
});

test('a path with a space is one program', () => {
  const path = place.inHome('my browser', '');
  chmodSync(path, 0o755);
  expect(browserOpener({ BROWSER: path })?.file).toBe(path);
});

test('neither a browser nor the AWS CLI gets what is secret', () => {
  const person = {
    PATH: '/bin', HOME: '/home/me', DISPLAY: ':0', AWS_CONFIG_FILE: '/home/me/config', AWS_ENDPOINT_URL_SSO: 'http://127.0.0.1:1',
    AWS_ACCESS_KEY_ID: 'AKIA', AWS_SECRET_ACCESS_KEY: 's', AWS_SESSION_TOKEN: 't', AWS_PROFILE: 'p', AWS_CONTAINER_AUTHORIZATION_TOKEN: 't', GITHUB_TOKEN: 't', NODE_OPTIONS: '--require=x',
  };
  expect(browserEnvironment(person)).toEqual({ PATH: '/bin', HOME: '/home/me', DISPLAY: ':0' });
  expect(awsCliEnvironment(person)).toEqual({ PATH: '/bin', HOME: '/home/me', DISPLAY: ':0', AWS_CONFIG_FILE: '/home/me/config', AWS_ENDPOINT_URL_SSO: 'http://127.0.0.1:1' });
});
