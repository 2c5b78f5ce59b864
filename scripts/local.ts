import { local } from './flow/local';
import { runCommand } from './flow/run-command';

process.exit(await runCommand('local', local));
