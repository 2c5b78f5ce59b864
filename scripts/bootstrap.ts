import { bootstrap } from './flow/bootstrap';
import { inEnvironment } from './flow/choose-environment';
import { runCommand } from './flow/run-command';

process.exit(await runCommand('bootstrap', inEnvironment(bootstrap)));
