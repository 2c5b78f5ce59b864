import { local } from './flow/local';
import { runCommand } from './flow/run';

process.exit(await runCommand('local', local));
