import { ciInit } from './flow/ci-init';
import { runCommand } from './flow/run-command';

process.exit(await runCommand('ci:init', ciInit));
