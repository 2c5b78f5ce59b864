import type { Run } from '../../scripts/flow/run';
import type { Session } from '../../scripts/flow/session';
import { watchSignals } from '../../scripts/flow/interruption';
import { emptyRecord } from '../../scripts/flow/record';
import { parseOptions } from '../../scripts/options/parse';
import type { CommandName } from '../../scripts/options/options';
import { silentScreen } from '../../scripts/terminal/screen';
import { styleFor } from '../../scripts/terminal/style';

/** A run of a command line where nobody can be asked. It must be stopped: `run.interruption.stop()`. */
export function runFor(command: CommandName, argv: readonly string[], projectDirectory = '/nowhere'): Run {
  const options = parseOptions(command, argv);
  return {
    options,
    surroundings: { environment: {}, projectDirectory, home: '/nowhere', options },
    configuration: { app: null, build: null, qualifier: 'hnb659fds', environments: [], accounts: [], regions: [], minSessionMinutes: 15, maxKeyAgeDays: 90, allowLongTermKeysInCi: false, allowRoot: false, allowAssetCommands: false, appVariables: [] },
    target: null,
    screen: silentScreen(styleFor({ isTerminal: false, columns: undefined, environment: {} })),
    canAsk: false,
    record: emptyRecord(),
    interruption: watchSignals(),
    cache: `${projectDirectory}/.takeoff`,
    atEnd: () => undefined,
    openLocal: () => Promise.reject(new Error('not opened in this test')),
  };
}

/** Credentials that STS accepted, of `source`. */
export function sessionOf(source: Session['found']['source'], typed = false): Session {
  const credentials = { accessKeyId: 'test', secretAccessKey: 'test' };
  const arn = 'arn:aws:iam::123456789012:user/dev';
  return {
    found: { source, profile: null, title: source, provider: () => Promise.resolve(credentials), region: null, aws: {} },
    region: { value: 'us-west-2', source: '--region' },
    proof: { identity: { account: '123456789012', arn, userId: 'AIDA', partition: 'aws' }, credentials, kind: 'long-term', clockOffsetMs: 0 },
    typed,
  };
}
