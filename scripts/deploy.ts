import { deploy } from './flow/deploy';
import { inEnvironment } from './flow/choose-environment';
import { runCommand } from './flow/run';

process.exit(await runCommand('deploy', inEnvironment(deploy)));
