import { deploy } from './flow/deploy';
import { runCommand } from './flow/run';

process.exit(await runCommand('deploy', deploy));
