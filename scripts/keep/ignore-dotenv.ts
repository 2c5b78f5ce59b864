import { appendFile, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Failure } from '../failures/failure';

/** How a run fails where git would take `.env` along. */
export function notIgnored(message: string, fix: string): Failure {
  return new Failure({ code: 'ENV_FILE_NOT_IGNORED', message, fix });
}

/**
 * Adds the line `.env` to the project's .gitignore, on a line of its own and with the line ends that the file has.
 *
 * @throws Failure ENV_FILE_NOT_IGNORED
 */
export async function ignoreDotenv(projectDirectory: string): Promise<void> {
  const path = join(projectDirectory, '.gitignore');
  try {
    const text = await readFile(path, 'latin1').catch((error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') return '';
      throw error;
    });
    const end = text.includes('\r\n') ? '\r\n' : '\n';
    await appendFile(path, `${text === '' || text.endsWith('\n') ? '' : end}.env${end}`);
  } catch (error) {
    throw notIgnored(`.gitignore cannot be changed (${(error as NodeJS.ErrnoException).code ?? 'unknown error'}).`, 'Look at it: ls -l .gitignore');
  }
}
