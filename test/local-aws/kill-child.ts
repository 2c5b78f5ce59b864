import { openLocalAws } from '../../scripts/local-aws/open';

const die = (): void => void process.kill(process.pid, 'SIGKILL');

/**
 * A process that serves a local AWS and dies by SIGKILL in the middle of what it does: `FOLDER EVENTS MILLISECONDS`.
 * At that line of its log, so that every step's edge is met; or so long after a deployment's first line, which meets the rest.
 */
async function main(): Promise<void> {
  const [folder = '', atLine = '', afterMilliseconds = ''] = process.argv.slice(2);
  let lines = 0;
  const aws = await openLocalAws({
    folder,
    log({ kind }) {
      if (kind !== 'deployment') return;
      lines += 1;
      if (lines === Number(atLine)) die();
      if (lines === 1 && afterMilliseconds !== '') setTimeout(die, Number(afterMilliseconds));
    },
  });
  process.stdout.write(`${aws.origin}\n`);
}

void main();
