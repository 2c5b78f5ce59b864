import { isSuccess } from '../process/ending';
import { startChild } from '../process/spawn';

async function stty(args: readonly string[], cwd: string): Promise<string> {
  const { process: child, ended } = startChild({ file: 'stty', args, cwd, env: { PATH: process.env['PATH'] ?? '/usr/bin:/bin' }, stdio: ['inherit', 'pipe', 'ignore'] });
  let text = '';
  child.stdout?.setEncoding('utf8').on('data', (chunk: string) => { text += chunk; });
  return isSuccess(await ended) ? text.trim() : '';
}

/** Remembers how the terminal at stdin is set. Returns what sets it so again, after a child that was killed at a prompt. */
export async function saveTerminal(cwd: string): Promise<() => Promise<void>> {
  const saved = await stty(['-g'], cwd);
  return async () => {
    if (saved !== '') await stty([saved], cwd);
  };
}
