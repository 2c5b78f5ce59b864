import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** The files that a system runs, by their paths in a project; here below a folder of its name. */
const workflows = {
  github: ['.github/workflows/ci.yml', '.github/workflows/deploy.yml'],
  gitlab: ['.gitlab-ci.yml'],
} as const;

export type WorkflowSystem = keyof typeof workflows;

/** The systems for which the project has workflows. */
export const workflowSystems = Object.keys(workflows) as WorkflowSystem[];

/** A file that a project should have. */
export interface WorkflowFile {
  /** Relative to the project. */
  readonly path: string;
  readonly text: string;
  /** What stands there now; `null` for nothing. */
  readonly present: string | null;
}

/** Those of `system`, and what of them the project has. */
export function workflowFiles(projectDirectory: string, system: WorkflowSystem): WorkflowFile[] {
  return workflows[system].map((path) => {
    const own = join(projectDirectory, path);
    const name = path.slice(path.lastIndexOf('/') + 1);
    return {
      path,
      text: readFileSync(join(projectDirectory, 'scripts/ci/workflows', system, name), 'utf8'),
      present: existsSync(own) ? readFileSync(own, 'utf8') : null,
    };
  });
}
