import { identity, refusal, type Answer } from '../../identity/fake-sts';
import { startInTerminal } from '../../terminal/pseudo-terminal';
import type { Project } from '../project';
import { keyLines, temporary } from './row';
import type { World } from './world';

/** What a person at a terminal does, and which line of the screen says how it ended. */
export interface AskedRow {
  readonly when: string;
  readonly command: string;
  readonly args: readonly string[];
  readonly talk: readonly (readonly [RegExp, string])[];
  readonly exit: number;
  readonly says: RegExp;
}

const asksToBootstrap = /Bootstrap .*\?|\(y\/N\)/;
const asksForCode = /MFA code of/;
const serial = 'arn:aws:iam::123456789012:mfa/dev';

export const rowsOfPersons: readonly AskedRow[] = [
  { when: 'a person says no', command: 'bootstrap', args: [], talk: [[asksToBootstrap, 'n\r']], exit: 7, says: /^Nothing was changed\.$/m },
  { when: 'a person presses Ctrl-C at the question', command: 'bootstrap', args: [], talk: [[asksToBootstrap, '\u0003']], exit: 130, says: /^Interrupted \(Ctrl-C\)\.$/m },
  { when: 'the MFA code is wrong three times', command: 'preflight', args: ['--profile', 'dev'], talk: [[asksForCode, '111111\r'], [/refused that code[^]*MFA code of/, '222222\r'], [/refused that code[^]*refused that code[^]*MFA code of/, '333333\r']], exit: 3, says: /^MFA_REQUIRED .*$|^AWS refused the MFA code for profile dev.*$/m },
];

const sts: Answer = (request, response) => {
  (request.action === 'GetCallerIdentity' ? identity() : refusal('AccessDenied', `MultiFactorAuthentication failed with invalid MFA one time pass code. `))(request, response);
};

/** Plays one row in a pseudo-terminal. */
export async function play({ command, args, talk, says }: AskedRow, world: World, project: Project): Promise<{ readonly line: string; readonly code: number; readonly milliseconds: number }> {
  world.file('.aws/config', `[profile dev]\nrole_arn = arn:aws:iam::123456789012:role/r\nsource_profile = base\nmfa_serial = ${serial}\n[profile base]\n${keyLines}`);
  const { origin } = await world.sts(sts);
  const env = { ...project.environment, ...(args.length === 0 ? temporary : {}), HOME: world.home, AWS_REGION: 'us-west-2', AWS_ENDPOINT_URL: origin };
  const started = performance.now();
  const terminal = startInTerminal(process.execPath, ['scripts/launch.mjs', command, ...args], { env, cwd: project.directory, columns: 200, patience: 60_000 });
  for (const [question, keys] of talk) {
    await terminal.waitFor(question);
    terminal.type(keys);
  }
  const { code } = await terminal.exit;
  const milliseconds = Math.round(performance.now() - started);
  const line = says.exec(terminal.screen())?.[0] ?? terminal.screen();
  await terminal.close();
  return { line, code, milliseconds };
}
