import { destroy } from './flow/destroy';
import { inEnvironment } from './flow/choose-environment';
import { runCommand } from './flow/run-command';

process.exit(await runCommand('destroy', inEnvironment(destroy)));
