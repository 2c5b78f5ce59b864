import { synth } from './flow/synth';
import { inEnvironment } from './flow/choose-environment';
import { runCommand } from './flow/run';

process.exit(await runCommand('synth', inEnvironment(synth)));
