import { diff } from './flow/diff';
import { runCommand } from './flow/run';

process.exit(await runCommand('diff', diff));
