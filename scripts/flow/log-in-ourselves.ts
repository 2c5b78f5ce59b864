import type { Found } from '../credentials/source';
import { browserOpener, openBrowser } from '../login/browser';
import { logInWithSso, type SsoLoginInit } from '../login/log-in-with-sso';
import type { SsoSettings } from '../login/login-needed';
import type { LoginStep } from '../login/login-step';
import { startCountdown } from '../terminal/countdown';
import { loginText } from '../terminal/login-text';
import { withPrompts } from '../terminal/prompts';
import { wrap } from '../terminal/wrap';
import type { Run } from './run';

/** How a login ends where nothing opens a page. */
const unopened = new Error('no browser was opened');

const waitingFor: Readonly<Record<LoginStep['kind'], string>> = { browser: 'Waiting for the browser', device: 'Waiting for the login' };

/**
 * Logs in to IAM Identity Center without the AWS CLI: in a browser that comes back to this machine, or with a code on
 * another one where none can be opened here.
 *
 * @throws Failure
 */
export async function logInOurselves(run: Run, found: Found, settings: SsoSettings): Promise<void> {
  const { environment, projectDirectory } = run.surroundings;
  const { style } = run.screen;
  const opener = browserOpener(environment);
  const came = opener !== null && await cameAbout(run, found, settings, 'browser', (url) => openBrowser(opener, url, environment, projectDirectory));
  if (opener !== null && !came) run.screen.line(wrap(style.caution('The browser could not be opened.'), style.columns));
  if (!came) await cameAbout(run, found, settings, 'device', null);
  run.screen.line(`${style.good(style.sign.pass)} Logged in. The AWS CLI has this login too.`);
}

/**
 * Shows what to do, and for how long. What is typed meanwhile is dropped; Ctrl-C ends it.
 *
 * @param open opens a page, and says whether it could
 * @returns whether there is a login now; not, where the page could not be opened
 */
async function cameAbout(run: Run, found: Found, settings: SsoSettings, flow: LoginStep['kind'], open: ((url: string) => Promise<boolean>) | null): Promise<boolean> {
  const { screen } = run;
  const stop = new AbortController();
  const countdowns: (() => void)[] = [];
  const show = (step: LoginStep): void => {
    screen.line(`\n${loginText(step, screen.style)}`);
    countdowns.push(startCountdown({ style: screen.style, write: (text) => { process.stdout.write(text); }, until: step.until, what: waitingFor[flow] }));
    if (open !== null) void stopUnlessOpened(open(step.url), stop);
  };
  const login: SsoLoginInit = { flow, aws: found.aws, home: run.surroundings.home, found, settings, show, signal: stop.signal };
  try {
    await withPrompts((prompts) => prompts.busy(() => logInWithSso(login)));
    return true;
  } catch (error) {
    if (error === unopened) return false;
    throw error;
  } finally {
    for (const stopCountdown of countdowns) stopCountdown();
    stop.abort();
  }
}

async function stopUnlessOpened(opening: Promise<boolean>, stop: AbortController): Promise<void> {
  if (!await opening) stop.abort(unopened);
}
