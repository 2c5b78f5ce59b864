import { call } from './flow/call';
import { runCommand } from './flow/run';

process.exit(await runCommand('call', call));
