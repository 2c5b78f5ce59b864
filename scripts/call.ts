import { call } from './flow/call';
import { inEnvironment } from './flow/choose-environment';
import { runCommand } from './flow/run-command';

process.exit(await runCommand('call', inEnvironment(call)));
