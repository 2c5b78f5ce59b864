import { preflight } from './flow/preflight';
import { inEnvironment } from './flow/choose-environment';
import { runCommand } from './flow/run';

process.exit(await runCommand('preflight', inEnvironment(preflight)));
