import { startInTerminal, type PseudoTerminal } from '../terminal/pseudo-terminal';
import { processesAsObserved, watchFiles } from './observe';
import { watchProcesses } from './processes-below';
import type { Observed } from './search';
import type { World } from './world';

/** Runs `npm run -s COMMAND -- ARGS` before a person, who does `act`, and observes every channel. */
export async function observeTerminal(world: World, command: string, args: readonly string[], environment: Readonly<Record<string, string>>, act: (terminal: PseudoTerminal) => Promise<unknown>): Promise<readonly Observed[]> {
  const end = watchFiles(world);
  const terminal = startInTerminal('npm', ['run', '-s', command, '--', ...args], { cwd: world.project.directory, env: { ...world.environment, ...environment }, columns: 100 });
  const watched = process.platform === 'linux' ? watchProcesses(terminal.pid, terminal.exit) : Promise.resolve({ processes: [] });
  try {
    await act(terminal);
    await terminal.exit;
  } finally {
    await terminal.close();
  }
  const { observed } = await end();
  return [...observed, ...processesAsObserved((await watched).processes, terminal.pid), { channel: 'terminal', place: command, bytes: Buffer.from(terminal.written()) }];
}
