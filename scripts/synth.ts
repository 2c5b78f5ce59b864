import { synth } from './flow/synth';
import { runCommand } from './flow/run';

process.exit(await runCommand('synth', synth));
