import { appendFile } from 'node:fs/promises';
import { github } from '../ci/github';
import type { CommandName } from '../options/options';
import type { Environment } from '../process/environment';
import type { Report } from '../terminal/report';
import type { Summary } from '../terminal/summary-text';

const summarized: ReadonlySet<CommandName> = new Set(['preflight', 'deploy', 'diff', 'destroy', 'bootstrap']);

/**
 * In a job of GitHub Actions: adds the run to the page of the job. Where that fails, the run does not.
 * https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-commands#adding-a-job-summary
 */
export async function summarize(environment: Environment, command: CommandName, report: Report, deployed: Summary | null): Promise<void> {
  const file = environment['GITHUB_STEP_SUMMARY'];
  if (!github.isHere(environment) || !file || !summarized.has(command)) return;
  const { jobSummary } = await import('../terminal/job-summary');
  await appendFile(file, jobSummary(command, report, deployed)).catch(() => undefined);
}
