import { bootstrap } from './flow/bootstrap';
import { runCommand } from './flow/run';

process.exit(await runCommand('bootstrap', bootstrap));
