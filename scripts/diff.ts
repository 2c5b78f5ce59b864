import { diff } from './flow/diff';
import { inEnvironment } from './flow/choose-environment';
import { runCommand } from './flow/run-command';

process.exit(await runCommand('diff', inEnvironment(diff)));
