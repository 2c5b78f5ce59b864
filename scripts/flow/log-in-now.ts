import { resolveAwsVariables } from '../credentials/connection/aws-settings';
import { readAwsFiles } from '../credentials/profiles/aws-files';
import { endOfChain } from '../credentials/profiles/chain';
import type { Found } from '../credentials/source';
import { ssoEnd } from '../credentials/profiles/sso-login';
import { Failure } from '../failures/failure';
import { can, findAwsCli, runAwsCli, type AwsCli } from '../login/aws-cli';
import { browserOpener } from '../login/browser';
import { loginNeeded, type LoginNeeded } from '../login/login-needed';
import { describeEnding, isSuccess } from '../process/ending';
import { interruptionCodes } from '../process/interruptions';
import { shellWord } from '../process/shell-word';
import { confirm } from '../terminal/prompts';
import { wrap } from '../terminal/wrap';
import { agreeToPlainHttp } from './agree-unencrypted';
import { logInOurselves } from './log-in-ourselves';
import type { Run } from './run';

/**
 * Offers a person to log in, and does it: with the AWS CLI where it is installed, else by itself. It changes nothing in
 * AWS, so Enter means yes.
 *
 * @param failure that a login is needed; it is thrown where the person does not want to, or nothing here can do it
 * @returns what was found, as it is with the new login
 * @throws Failure
 */
export async function logInNow(run: Run, found: Found, failure: Failure): Promise<Found> {
  const { environment, home, projectDirectory } = run.surroundings;
  const files = readAwsFiles(run.surroundings);
  const profile = files.profiles.get(found.profile ?? '');
  const needed = profile === undefined ? null : loginNeeded(profile, files);
  if (profile === undefined || needed === null) throw failure;
  const finding = findAwsCli(environment, projectDirectory); // while the person is asked
  if (needed.kind === 'aws-login' && !canLogIn(await finding)) throw failure;
  const { screen } = run;
  screen.line(wrap(screen.style.caution(failure.message), screen.style.columns));
  const at = needed.kind === 'sso' ? needed.settings.startUrl : `AWS for profile ${needed.profile}`;
  if (!await confirm({ message: `Log in to ${at} now?`, default: true })) throw failure;
  const cli = await finding;
  const args = cli === null ? null : argsOfCli(needed, cli, browserOpener(environment) !== null);
  if (cli !== null && args !== null) {
    const last = endOfChain(profile, files); // whose endpoints the AWS CLI reads
    await agreeToPlainHttp(run, { aws: resolveAwsVariables(environment, { profile: last, files }), profile: last.name });
    await withCli(run, cli, args, failure);
  } else if (needed.kind === 'sso') await logInOurselves(run, found, needed.settings);
  const { renewsUntil: _old, ...others } = found;
  const end = ssoEnd(home, profile, files);
  return end === null ? others : { ...others, renewsUntil: end };
}

/** `aws login` is the AWS CLI's alone. */
function canLogIn(cli: AwsCli | null): boolean {
  return cli !== null && can(cli, 'login');
}

/** `null` where this version cannot do it. */
function argsOfCli(needed: LoginNeeded, cli: AwsCli, hasBrowser: boolean): readonly string[] | null {
  if (needed.kind === 'aws-login') return ['login', '--profile', needed.profile];
  const { profile, session } = needed.settings;
  if (!can(cli, session === null ? 'ssoLogin' : 'ssoSession')) return null;
  return ['sso', 'login', '--profile', profile, ...(!hasBrowser && can(cli, 'deviceCode') ? ['--use-device-code'] : [])];
}

async function withCli(run: Run, cli: AwsCli, args: readonly string[], failure: Failure): Promise<void> {
  const { environment, projectDirectory } = run.surroundings;
  const command = ['aws', ...args].map(shellWord).join(' ');
  run.screen.line(run.screen.style.dim(command));
  const { ending, interruption } = await run.interruption.leaveTo(() => runAwsCli(cli, args, environment, projectDirectory));
  if (interruption !== null) {
    throw new Failure({ code: 'INTERRUPTED', message: `Interrupted (${interruption}).`, fix: failure.fix, exitCode: interruptionCodes[interruption] });
  }
  if (isSuccess(ending)) return;
  throw new Failure({ code: 'SSO_LOGIN_REQUIRED', message: `There is no login yet: ${command} ${describeEnding(ending)}.`, fix: failure.fix });
}
