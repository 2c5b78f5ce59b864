import { synth } from './flow/synth';
import { inEnvironment } from './flow/choose-environment';
import { runCommand } from './flow/run-command';

process.exit(await runCommand('synth', inEnvironment(synth)));
