import { appendFileSync, existsSync } from 'node:fs';
import { join } from 'node:path';
import { takeLock } from '../../scripts/process/lock';

/** Takes the lock of a folder again and again, writes who has it, and leaves it as a killed process would: `FOLDER TIMES`. */
const [folder = '', times = ''] = process.argv.slice(2);
const line = (text: string): void => appendFileSync(join(folder, 'holders'), `${text} ${process.pid}\n`);
while (!existsSync(join(folder, 'go')));
for (let taken = 0; taken < Number(times); ) {
  const lock = takeLock(join(folder, 'lock'), 'a test');
  if ('release' in lock) {
    line('took');
    line('left');
    lock.release();
    taken += 1;
  }
}
const last = takeLock(join(folder, 'lock'), 'a test');
if ('release' in last) {
  line('took');
  line('left');
  // Never released.
}
