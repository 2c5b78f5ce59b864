import { workflowIn, type Job, type Step, type Workflow } from './workflow';

/** What a stranger can choose: the name of a branch, the title of a pull request, the text of a commit. */
const untrusted = /\$\{\{[^}]*\b(?:github\.event\b|github\.(?:head_ref|ref|ref_name|actor)\b|inputs\b|steps\b|needs\b)[^}]*\}\}/;

const pinned = /^\s*(?:- )?uses: [\w.-]+\/[\w./-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/;

function stepsOf(workflow: Workflow): { readonly name: string; readonly job: Job; readonly step: Step }[] {
  return Object.entries(workflow.jobs).flatMap(([name, job]) => job.steps.map((step) => ({ name, job, step })));
}

function pinFindings(text: string): string[] {
  return text.split('\n').filter((line) => /\buses:/.test(line) && !pinned.test(line)).map((line) => `${line.trim()}: an action is named by the full SHA of a commit, its version beside it.`);
}

/** Of the workflow they are the default of every job: none that writes, and no token. */
function permissionFindings({ permissions, jobs }: Workflow): string[] {
  const ofWorkflow = permissions === undefined ? ['The workflow says nothing of permissions, so that its jobs get the default of the repository.'] : [];
  const writing = Object.entries(permissions ?? {}).filter(([, level]) => level !== 'read' && level !== 'none').map(([scope]) => `The workflow gives ${scope} to every job.`);
  const ofJobs = Object.entries(jobs).flatMap(([name, job]) => Object.entries(job.permissions ?? {}).filter(([scope, level]) => level === 'write' && scope !== 'id-token').map(([scope]) => `${name} may write ${scope}.`));
  return [...ofWorkflow, ...writing, ...ofJobs];
}

function mayGetToken(workflow: Workflow, job: Job): boolean {
  return (job.permissions ?? workflow.permissions)?.['id-token'] === 'write';
}

/** A job that can get credentials runs nothing that others wrote, is tied to an environment, and is not cancelled. */
function tokenFindings(workflow: Workflow): string[] {
  return Object.entries(workflow.jobs).filter(([, job]) => mayGetToken(workflow, job)).flatMap(([name, job]) => {
    const commands = job.steps.flatMap(({ run }) => run ?? []);
    return [
      ...(job.environment === undefined ? [`${name} may get a token in no environment.`] : []),
      ...(workflow.concurrency?.['cancel-in-progress'] === false ? [] : [`${name} can be cancelled in the middle.`]),
      ...commands.filter((run) => /\bnpm (?:ci|i|install)\b/.test(run) && !run.includes('--ignore-scripts')).map((run) => `${name} runs install scripts beside its token: ${run}`),
      ...(JSON.stringify(workflow.on).includes('pull_request') ? [`${name} may get a token in a pull request.`] : []),
      ...job.steps.filter(({ uses, with: inputs }) => uses?.startsWith('actions/download-artifact@') && inputs?.['path'] === undefined).map(() => `${name} lets an artifact replace what it runs.`),
      ...job.steps.filter(({ with: inputs }) => inputs?.['cache'] !== undefined).map(() => `${name} takes from a cache that others fill.`),
    ];
  });
}

function stepFindings(workflow: Workflow): string[] {
  return stepsOf(workflow).flatMap(({ name, step }) => [
    ...(untrusted.test(step.run ?? '') ? [`${name} puts what a stranger can choose into a command: ${step.run}`] : []),
    ...(step.uses?.startsWith('actions/checkout@') && step.with?.['persist-credentials'] !== false ? [`${name} leaves its GitHub token in .git/config.`] : []),
    ...(/\bsecrets\./.test(JSON.stringify(step)) ? [`${name} uses a stored secret.`] : []),
  ]);
}

/** What is wrong with a workflow, by this project's rules. */
export function findingsIn(text: string): string[] {
  const workflow = workflowIn(text);
  const unlimited = Object.entries(workflow.jobs).filter(([, job]) => job['timeout-minutes'] === undefined).map(([name]) => `${name} may run for six hours.`);
  const privileged = JSON.stringify(workflow.on).includes('pull_request_target') ? ['pull_request_target gives what strangers wrote the rights of this repository.'] : [];
  const stored = /\bsecrets\./.test(JSON.stringify([workflow.env, Object.values(workflow.jobs).map(({ env }) => env)])) ? ['The environment has a stored secret.'] : [];
  return [...pinFindings(text), ...permissionFindings(workflow), ...tokenFindings(workflow), ...stepFindings(workflow), ...unlimited, ...privileged, ...stored];
}
