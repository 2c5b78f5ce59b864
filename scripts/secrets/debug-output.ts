import { writeSync } from 'node:fs';
import { format } from 'node:util';
import { redact } from './redact';

/**
 * Node writes what NODE_DEBUG asks for past every stream, with the headers and bodies of our calls to AWS in it. From
 * now on it passes through redaction by value.
 *
 * @see https://nodejs.org/docs/latest-v20.x/api/cli.html#node_debugmodule
 */
export function redactDebugOutput(): void {
  Object.defineProperty(process, '_rawDebug', {
    configurable: true,
    writable: true,
    // To the descriptor: a stream would report on its own writing.
    value: (...args: readonly unknown[]) => { writeSync(2, `${redact(format(...args))}\n`); },
  });
}
