import { lstatSync, mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { workflowFiles, workflowSystems, type WorkflowFile, type WorkflowSystem } from '../ci/workflow-files';
import { Failure, usage } from '../failures/failure';
import { nextCommands } from '../terminal/summary-text';
import type { Run } from './run';
import { npmRun } from './same-command';

/** The command that makes the role for the jobs of each system. */
const roleCommands: Readonly<Record<WorkflowSystem, string>> = {
  github: npmRun('deploy', 'GitHubDeployRole -c repository=OWNER/NAME -c environment=production -c smokeTest=true'),
  gitlab: npmRun('deploy', 'GitLabDeployRole -c project=GROUP/NAME -c branch=main -c smokeTest=true'),
};

/** @throws Failure USAGE */
function systemOf({ options }: Run): WorkflowSystem {
  const [name, ...more] = options.stacks;
  const system = workflowSystems.find((one) => one === name);
  if (system === undefined || more.length > 0) throw usage(`ci:init takes the one system whose workflow it writes: ${workflowSystems.join(' or ')}.`, npmRun('ci:init', 'github'));
  return system;
}

/** @throws Failure USAGE where a link stands there: what it leads to is nobody's workflow, and can be outside of the project */
function refuseLink(projectDirectory: string, { path }: WorkflowFile): void {
  if (lstatSync(join(projectDirectory, path), { throwIfNoEntry: false })?.isSymbolicLink() !== true) return;
  throw usage(`${path} is a symbolic link: nothing was written.`, `Look where it leads, and take it away: ls -l ${path}`);
}

function write(projectDirectory: string, { path, text }: WorkflowFile): void {
  const file = join(projectDirectory, path);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text);
}

/** What becomes of a file, as a person is told. */
function outcomeOf(file: WorkflowFile, kept: ReadonlySet<WorkflowFile>): 'is as it should be' | 'is left as it is' | 'written' | 'overwritten' {
  if (file.present === file.text) return 'is as it should be';
  if (kept.has(file)) return 'is left as it is';
  return file.present === null ? 'written' : 'overwritten';
}

/** Whether the person lets what is there be replaced, having seen what changes. */
async function mayReplace({ options, canAsk }: Run, { path }: WorkflowFile): Promise<boolean> {
  if (options.yes) return true;
  if (!canAsk) throw new Failure({ code: 'NOT_CONFIRMED', message: `${path} is there, and differs. Nobody can be asked here, and there was no --yes, so nothing was written.`, fix: `${npmRun('ci:init', ...options.stacks, '--yes')}   (overwrites it)` });
  const { confirm } = await import('../terminal/prompts');
  return confirm({ message: `Overwrite ${path}?`, default: false });
}

async function showChange({ screen }: Run, { path, text, present }: WorkflowFile): Promise<void> {
  const { diffText } = await import('../terminal/diff-text');
  screen.line(diffText(path, present ?? '', text, screen.style));
  screen.line();
}

/**
 * `npm run ci:init`: writes the workflow that deploys with no stored key. What is there is replaced only where the
 * person says so, and nothing is written before everything is answered.
 */
export async function ciInit(run: Run): Promise<void> {
  const system = systemOf(run);
  const { screen, surroundings: { projectDirectory } } = run;
  const files = workflowFiles(projectDirectory, system);
  for (const file of files) refuseLink(projectDirectory, file);
  const differing = files.filter(({ text, present }) => present !== null && present !== text);
  for (const file of differing) await showChange(run, file);
  const kept = new Set<WorkflowFile>();
  for (const file of differing) if (!await mayReplace(run, file)) kept.add(file);
  for (const file of files) {
    const outcome = outcomeOf(file, kept);
    if (outcome === 'written' || outcome === 'overwritten') write(projectDirectory, file);
    screen.line(`${screen.style.good(screen.style.sign.pass)} ${file.path}  ${outcome}`);
  }
  const commands = [`${roleCommands[system]}   (the role that the job assumes; its outputs say what the job needs. Where the account knows the issuer already: -c oidcProvider=import)`];
  for (const line of nextCommands(commands, screen.style)) screen.line(line);
}
