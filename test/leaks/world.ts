import { chmodSync, mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { makeProject, type Project } from '../end-to-end/project';

/** A project, and all the places around it where a run could leave something. */
export interface World {
  readonly project: Project;
  /** What programs that were started found in themselves. */
  readonly dumps: string;
  readonly temporary: string;
  readonly githubFiles: string;
  readonly environment: Readonly<Record<string, string>>;
  remove(): void;
}

const githubFiles = ['GITHUB_ENV', 'GITHUB_OUTPUT', 'GITHUB_STEP_SUMMARY', 'GITHUB_PATH'];

export function makeWorld(project: Project = makeProject()): World {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'takeoff-leaks-')));
  const [dumps, temporary, github, programs] = ['dumps', 'tmp', 'github', 'bin'].map((name) => {
    mkdirSync(join(folder, name));
    return join(folder, name);
  }) as [string, string, string, string];
  wrapProgram('git', programs, dumps);
  const files = Object.fromEntries(githubFiles.map((name) => [name, join(github, name)]));
  for (const path of Object.values(files)) writeFileSync(path, '');
  const path = `${programs}${delimiter}${project.environment['PATH'] ?? ''}`;
  return {
    project,
    dumps,
    temporary,
    githubFiles: github,
    environment: { ...project.environment, ...files, PATH: path, TMPDIR: temporary, npm_config_cache: join(project.home, '.npm') },
    remove() {
      rmSync(folder, { recursive: true, force: true });
      project.remove();
    },
  };
}

/** Puts a program before the real one that notes its arguments and its environment: it may end too soon to be seen in /proc. */
function wrapProgram(name: string, programs: string, dumps: string): void {
  const path = join(programs, name);
  writeFileSync(path, `#!/bin/sh
PATH="\${PATH#*:}"
printf '%s\\n' "$@" > "${dumps}/arguments ${name} $$"
env > "${dumps}/environment ${name} $$"
exec ${name} "$@"
`);
  chmodSync(path, 0o755);
}
