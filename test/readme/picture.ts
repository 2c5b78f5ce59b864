import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { inShell } from '../end-to-end/at-terminal';
import { makeProject } from '../end-to-end/project';
import { svgOfTerminal } from './svg-of-terminal';

const columns = 96;

export const picturePath = join(__dirname, 'deploy.svg');

/** How the picture says which version it shows. */
export function titleOf(version: string): string {
  return `npm run deploy -- --local, as cdk-takeoff ${version} shows it`;
}

async function record(): Promise<string> {
  const project = makeProject({ validates: true });
  try {
    execFileSync('npm', ['run', '-s', 'deploy', '--', '--help'], { cwd: project.directory, env: project.environment, stdio: 'ignore' }); // compiled before it is recorded
    const terminal = inShell(project, 'clear; printf "\\e[1m$ npm run deploy -- --local\\e[0m\\n"; npm run -s deploy -- --local', {}, { columns });
    await terminal.waitFor(/^EXIT \d+$/m);
    const written = terminal.written();
    await terminal.close();
    return written.slice(written.indexOf('\u001b[1m$'), written.lastIndexOf('AFTER '));
  } finally {
    project.remove();
  }
}

/** Runs the README's first command in a terminal, and draws what it shows. */
export async function drawPicture(version: string): Promise<void> {
  writeFileSync(picturePath, await svgOfTerminal(await record(), columns, titleOf(version)));
}
