import { deploy } from './flow/deploy';
import { inEnvironment } from './flow/choose-environment';
import { runCommand } from './flow/run-command';

process.exit(await runCommand('deploy', inEnvironment(deploy)));
