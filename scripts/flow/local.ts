import { join } from 'node:path';
import { openLocalAws, wipeLocalAws } from '../local-aws/open';
import { Failure } from '../failures/failure';
import { wrap } from '../terminal/wrap';
import type { Run } from './run';

/** What a line of the log begins with, of the same width. */
const labels = { request: 'request   ', deployment: 'deployment', lambda: 'lambda    ' } as const;

/** `npm run local`: serves the local AWS until Ctrl-C, a line for whatever happens; with `--wipe` forgets it. */
export async function local(run: Run): Promise<void> {
  const { screen, options } = run;
  const folder = join(run.cache, 'local');
  if (options.wipe) {
    await wipeLocalAws(folder);
    screen.line('The local AWS is empty.');
    return;
  }
  const opened = await openLocalAws({ folder, log: ({ kind, text }) => screen.line(`${screen.style.dim(labels[kind])} ${text}`) });
  try {
    if (opened.shared) {
      throw new Failure({ code: 'BUSY', message: `Another npm run local of this project serves it at ${opened.origin}.`, fix: 'Use it as it is, or end it there with Ctrl-C.' });
    }
    screen.line(wrap(`The local AWS serves at ${opened.origin} until Ctrl-C. In another terminal:`, screen.style.columns));
    screen.line('  npm run deploy -- --local');
    screen.line('  npm run call -- --local GET /notes');
    await run.interruption.happened;
  } finally {
    await opened.close();
  }
}
