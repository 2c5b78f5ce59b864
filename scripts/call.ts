import { call } from './flow/call';
import { inEnvironment } from './flow/choose-environment';
import { runCommand } from './flow/run';

process.exit(await runCommand('call', inEnvironment(call)));
