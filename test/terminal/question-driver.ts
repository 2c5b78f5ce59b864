// Asks one question of the flow again and again, for a test in a pseudo-terminal: QUESTION names it. `ASK N` stands before
// each time, `OUTCOME N …` after it. Before the first time it is busy until SIGUSR2, and says `HEARD` of what is typed meanwhile.
import { once } from 'node:events';
import { agrees } from '../../scripts/flow/confirm';
import { Failure } from '../../scripts/failures/failure';
import { askForCredentials } from '../../scripts/terminal/ask-credentials';
import { askEnvironment } from '../../scripts/terminal/ask-environment';
import { askExchange, askMfaDevice } from '../../scripts/terminal/ask-exchange';
import { askField } from '../../scripts/terminal/ask-field';
import { askKeeping } from '../../scripts/terminal/ask-keeping';
import { askMfaCode } from '../../scripts/terminal/ask-mfa-code';
import { askProfile } from '../../scripts/terminal/ask-profile';
import { askAfterNoAnswer } from '../../scripts/terminal/ask-retry';
import type { AskInit, ProvedIdentity } from '../../scripts/terminal/asking';
import { confirm, withPrompts, type Prompts } from '../../scripts/terminal/prompts';
import { styleFor } from '../../scripts/terminal/style';
import { runFor, sessionOf } from '../flow/run-for-test';

const style = styleFor({ isTerminal: true, columns: process.stdout.columns, environment: { LANG: 'C.UTF-8', NO_COLOR: '1' } });
const write = (text: string): void => { process.stdout.write(`${text}\n`); };
const surroundings = { environment: {}, projectDirectory: '/nowhere', home: '/nowhere', options: { command: 'deploy', local: false } } as const;
const never = (): Promise<never> => Promise.reject(new Error('not in this test'));
const profile = { name: 'dev', kind: 'sso', account: null, region: null, role: null, mfa: false, state: 'ready', until: null, why: null } as const;
// Put together here, so that the repository holds nothing that is shaped like a key pair.
const credentials = { accessKeyId: ['AKIA', 'Y34FZKBOKMUTVV7A'].join(''), secretAccessKey: ['h1Zp/9vQw3Lk+8sTnB4x', 'Yr6mCe2DfJ5aUgO7iKqW'].join('') };
const region = { value: 'us-west-2', source: 'prompt' } as const;
const environmentNamed = (name: string, how: 'yes' | 'type-name') => ({ name, account: null, region: null, profile: null, confirm: how });
const down = new Failure({ code: 'AWS_UNAVAILABLE', message: 'AWS did not judge.', fix: 'Run it again.' });

const initOf = (prompts: Prompts): AskInit<ProvedIdentity> => ({
  prompts, style, write, surroundings, looked: [], regionKnown: null, aws: {}, profiles: () => [profile], profileFound: never, prove: never, git: never,
});

async function agreement(how: 'yes' | 'type-name'): Promise<boolean> {
  const run = runFor('deploy', []);
  run.interruption.stop();
  return agrees({ ...run, target: { environment: environmentNamed('prod', how), namedBy: 'only' } }, sessionOf('environment'), { text: 'Deploy to account 1?', reads: false });
}

/** Each asks by what asks it in a run. */
const questions: Readonly<Record<string, (prompts: Prompts) => Promise<unknown>>> = {
  'menu': (prompts) => askForCredentials(initOf(prompts)),
  'key id': (prompts) => askField(initOf(prompts), 'accessKeyId', {}),
  'secret': (prompts) => askField(initOf(prompts), 'secretAccessKey', {}),
  'token': (prompts) => askField(initOf(prompts), 'sessionToken', {}),
  'region': (prompts) => askField(initOf(prompts), 'region', {}),
  'keeping': (prompts) => askKeeping(initOf(prompts), { credentials, region }),
  'retry': (prompts) => askAfterNoAnswer(initOf(prompts), down),
  'picker': (prompts) => askProfile(initOf(prompts)),
  'environment': async (prompts) => (await askEnvironment(prompts, [environmentNamed('dev', 'yes'), environmentNamed('prod', 'yes')])).name,
  'exchange': (prompts) => askExchange({ prompts, style, write }, 'exchange'),
  'MFA device': (prompts) => askMfaDevice({ prompts, style, write }, { kind: 'unknown' }),
  'MFA code': (prompts) => askMfaCode({ prompts, style, write }, 'arn:aws:iam::123456789012:mfa/dev', false),
};

/** These take the terminal by themselves. */
const alone: Readonly<Record<string, () => Promise<unknown>>> = {
  'consent': () => agreement('yes'),
  'type-name': () => agreement('type-name'),
  'login': () => confirm({ message: 'Log in to https://a.example now?', default: true }),
};

let asked = 0;

/** @returns whether it was interrupted */
async function tell(ask: () => Promise<unknown>): Promise<boolean> {
  asked += 1;
  const time = asked;
  write(`ASK ${time}`);
  try {
    write(`OUTCOME ${time} ${JSON.stringify((await ask()) ?? null)}`);
    return false;
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    write(`OUTCOME ${time} ${error.code} ${error.exitCode}`);
    return true;
  }
}

const heard = (): void => write('HEARD');

async function waitBusy(prompts: Prompts): Promise<void> {
  process.stdin.on('data', heard);
  await prompts.busy(async () => {
    write('BUSY');
    await once(process, 'SIGUSR2');
  });
  process.stdin.off('data', heard);
}

/** One hold of the terminal lasts until an interruption, as that of a conversation does. */
async function askForEver(name: string): Promise<never> {
  const { [name]: ask } = questions;
  let isFirst = true;
  for (;;) {
    await withPrompts(async (prompts) => {
      if (isFirst) await waitBusy(prompts);
      isFirst = false;
      if (ask === undefined) return;
      while (!await tell(() => ask(prompts)));
    });
    if (ask === undefined) await tell(alone[name] ?? never);
  }
}

void askForEver(process.env['QUESTION'] ?? '');
