// Loads the CDK CLI, which takes a second, while the wrapper does other work; then runs it as it is instructed. The
// instructions are JSON, { args, env }, and come on descriptor 3, which is then closed: so the token of the credential
// endpoint stands neither in the arguments nor in /proc/PID/environ. Where it is closed without any, nothing is to be done.
// Arguments: the CLI's entry, and the options that it looks for while it loads.
const { closeSync, readFileSync } = require('node:fs');
const { dirname, join } = require('node:path');

const program = process.argv[2];
process.setSourceMapsEnabled(true); // as the CLI's entry does before it loads anything
try {
  require(join(dirname(program), '../lib'));
} catch {
  // the entry, below, fails in the same way, and says what is wrong
}
const instructions = readFileSync(3, 'utf8');
closeSync(3);
if (instructions === '') process.exit(0);
const { args, env } = JSON.parse(instructions);
Object.assign(process.env, env);
process.argv.splice(1, process.argv.length, program, ...args);
require(program);
