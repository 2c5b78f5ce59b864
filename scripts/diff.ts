import { diff } from './flow/diff';
import { inEnvironment } from './flow/choose-environment';
import { runCommand } from './flow/run';

process.exit(await runCommand('diff', inEnvironment(diff)));
