import { preflight } from './flow/preflight';
import { inEnvironment } from './flow/choose-environment';
import { runCommand } from './flow/run-command';

process.exit(await runCommand('preflight', inEnvironment(preflight)));
