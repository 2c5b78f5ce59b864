import { PassThrough } from 'node:stream';
import type { CheckResult } from '../checks/check';
import { pass, warn } from '../checks/result';
import type { Session } from './session';
import { cdkOutput, handOver } from './hand-over';
import { show } from './run-checks';
import type { Run } from './run';

/** Runs `cdk bootstrap` for the account and region of the session. */
export function bootstrapNow(run: Run, session: Session, args: readonly string[] = []): Promise<void> {
  return handOver(run, { command: 'bootstrap', session, assembly: null, stacks: [], args, output: cdkOutput(run) });
}

/** The same beside a synthesis: CDK's words are shown only where it fails. */
async function bootstrapMeanwhile(run: Run, session: Session): Promise<void> {
  const words = new PassThrough();
  const chunks: Buffer[] = [];
  words.on('data', (chunk: Buffer) => chunks.push(chunk));
  try {
    await handOver(run, { command: 'bootstrap', session, assembly: null, stacks: [], args: [], output: { kind: 'streams', stdout: words, stderr: words } });
  } catch (error) {
    run.screen.line(Buffer.concat(chunks).toString());
    throw error;
  }
  show(run, pass('bootstrap', `bootstrapped ${session.proof.identity.account} in ${session.region.value}`));
}

/** What a run does about a bootstrap that is missing. */
export type MissingBootstrap =
  /** The local AWS: made without a question, beside the synthesis. */
  | { readonly kind: 'meanwhile'; start(): Promise<void> }
  /** A person said yes, and it is there now. */
  | { readonly kind: 'made' }
  /** Nobody sees to it: the check has failed. */
  | { readonly kind: 'left' };

/** A missing bootstrap as this run shows it: the deploy to a local AWS makes it, so there it is no failure. */
export function softened(result: CheckResult, session: Session): CheckResult {
  const soft = result.status === 'fail' && result.code === 'NOT_BOOTSTRAPPED' && session.found.source === 'local';
  return soft ? warn('bootstrap', 'not bootstrapped yet; deploy does it first', null) : result;
}

/** Sees to a missing bootstrap: by itself on the local AWS, by asking a person at a terminal. */
export async function seeToBootstrap(run: Run, session: Session): Promise<MissingBootstrap> {
  if (session.found.source === 'local') return { kind: 'meanwhile', start: () => bootstrapMeanwhile(run, session) };
  if (!run.canAsk) return { kind: 'left' };
  const { confirm } = await import('../terminal/prompts');
  const where = `account ${session.proof.identity.account} in ${session.region.value}`;
  if (!await confirm({ message: `Bootstrap ${where} for CDK now? It makes a bucket, a repository and five roles there.`, default: false })) return { kind: 'left' };
  await bootstrapNow(run, session);
  show(run, pass('bootstrap', `bootstrapped ${where}`));
  return { kind: 'made' };
}
