import { maskAccessKeyId } from './key-shapes';
import { redact } from './redact';

/**
 * Node writes what NODE_DEBUG asks for to standard error, with the headers and bodies of our calls to AWS in it. From
 * now on all that is written there passes through redaction by value.
 *
 * @see https://nodejs.org/docs/latest-v20.x/api/cli.html#node_debugmodule
 */
export function redactDebugOutput(stderr: NodeJS.WriteStream): void {
  const write = stderr.write.bind(stderr);
  stderr.write = (text: string | Uint8Array, ...rest: readonly unknown[]) => {
    const shown = redact(Buffer.from(text).toString()).replaceAll(/\b(?:AKIA|ASIA)[A-Z0-9]{16}\b/g, maskAccessKeyId);
    const written = rest.findLast((argument): argument is () => void => typeof argument === 'function');
    return write(shown, written);
  };
}
