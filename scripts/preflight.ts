import { preflight } from './flow/preflight';
import { runCommand } from './flow/run';

process.exit(await runCommand('preflight', preflight));
