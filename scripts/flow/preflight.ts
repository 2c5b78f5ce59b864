import { hasAssembly, isMissingBootstrap, softened } from './missing-bootstrap';
import { proveAndCheck } from './prove-and-check';
import type { Session } from './session';
import { verifyNoneFailed } from './run-checks';
import type { Run } from './run';
import { leadingTo, npmRun } from './same-command';
import { nextCommands } from '../terminal/summary-text';

/** `npm run preflight`: steps 1 to 3, with `--synth` to 6. Changes nothing, unless a person who typed keys goes on to deploy. */
export async function preflight(run: Run): Promise<void> {
  const checked = await proveAndCheck(run);
  const { session } = checked;
  const withAssembly = hasAssembly(run);
  const results = checked.results.map((result) => softened(result, session));
  const besides = results.filter((result) => !isMissingBootstrap(result));
  const mayGoOn = session.typed && run.canAsk && !run.options.yes;
  verifyNoneFailed(withAssembly || mayGoOn ? besides : results);
  const assembly = withAssembly ? await (await import('./synthesized')).synthesized(run, session) : null;
  if (mayGoOn && await wantsToDeploy(session)) {
    const { deploy } = await import('./deploy');
    const reused = assembly === null ? {} : { assembly: assembly.directory };
    return deploy({ ...run, options: { ...run.options, command: 'deploy', ...reused } }, checked);
  }
  verifyNoneFailed(withAssembly ? besides : results); // the assembly has told which bootstraps it needs
  for (const line of nextCommands([npmRun('deploy', leadingTo(run.options, session))], run.screen.style)) run.screen.line(line);
}

/** Keys that are kept nowhere would be lost: the deploy can use them now. */
async function wantsToDeploy({ proof, region }: Session): Promise<boolean> {
  const { confirm } = await import('../terminal/prompts');
  return confirm({ message: `Go on to deploy with them to account ${proof.identity.account} in ${region.value}?`, default: false });
}
