import { startChild } from '../process/spawn';

/**
 * Waits in a shell for the end of this process, however it ends: its standard input is a pipe that nobody else holds. A
 * line means that nothing was left. Else it takes away what run `$2` made in the workroom `$1`, its lock as the next run
 * would (see `takeLock`), and the workroom where nobody else is in it.
 */
const script = `
read -r line && exit
cd "$1" || exit
rm -rf "./$2" "lock.$2"
printf '{"pid":%s}' "$$" > "lock.$$"
if ln "lock.$$" lock.breaking; then
  case "$(cat lock)" in '{"pid":'"$2",*) rm -f lock ;; esac
  rm -f lock.breaking
fi
rm -f "lock.$$"
cd / && rmdir "$1"
`;

/**
 * Has `workroom` cleared should this process be killed in it, by SIGKILL too. Where no shell can be started, or is
 * killed as well, the next run clears it.
 *
 * @returns a function that says that all is done and nothing is left
 */
export function clearBehind(workroom: string): () => void {
  const { process: shell } = startChild({
    file: '/bin/sh',
    args: ['-c', script, 'sh', workroom, String(process.pid)],
    cwd: '/',
    env: { PATH: '/usr/bin:/bin' },
    stdio: ['pipe', 'ignore', 'ignore'],
    ownGroup: true, // what is sent to all of ours does not end it
  });
  shell.stdin?.on('error', () => undefined); // it was killed
  shell.unref();
  return () => { shell.stdin?.end('\n'); };
}
