import { destroy } from './flow/destroy';
import { runCommand } from './flow/run';

process.exit(await runCommand('destroy', destroy));
