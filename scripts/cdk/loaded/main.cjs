// Loads the CDK CLI, and runs it once it is told to: its load takes a second, in which the wrapper has other work. What
// it is told comes on descriptor 3, as { args, env } and the end; the end alone where nothing is to be done. So the
// token of the credential endpoint stands neither in /proc/PID/environ nor in the arguments.
const { closeSync, readFileSync } = require('node:fs');
const { dirname, join } = require('node:path');

const program = process.argv[2];
process.setSourceMapsEnabled(true); // as the CLI's own entry does before it loads anything
try {
  require(join(dirname(program), '../lib'));
} catch {
  // the entry says what is wrong with it
}
const told = readFileSync(3, 'utf8');
closeSync(3);
if (told === '') process.exit(0);
const { args, env } = JSON.parse(told);
Object.assign(process.env, env);
process.argv.splice(1, process.argv.length, program, ...args);
require(program);
