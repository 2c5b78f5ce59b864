import { PassThrough } from 'node:stream';
import type { BootstrapPlace } from '../checks/bootstrap';
import { pass } from '../checks/result';
import type { Output } from '../cdk/output';
import { qualifierArguments } from './bootstrap-access';
import { agrees } from './confirm';
import { ableToCallIam } from './exchange-keys';
import type { Session } from './session';
import { cdkOutput, handOver } from './hand-over';
import { bootstrapStack, withStacksLocked } from './lock-stacks';
import { show } from './run-checks';
import type { Run } from './run';

/** Runs `cdk bootstrap` for exactly this account and region. */
function bootstrapNow(run: Run, session: Session, { account, region, qualifier }: BootstrapPlace, output: Output = cdkOutput(run)): Promise<void> {
  const handedOver = (): Promise<void> => handOver(run, { command: 'bootstrap', session: ableToCallIam(run, session, 'the bootstrap'), assembly: null, stacks: [`aws://${account}/${region}`], args: qualifierArguments(run, { qualifier }), output });
  return withStacksLocked(run, session, [{ name: bootstrapStack, account, region }], handedOver);
}

/** Bootstraps `place`, by default the session's own, while the app is synthesized: CDK's words are shown only where it fails. */
export async function bootstrapMeanwhile(run: Run, session: Session, place: BootstrapPlace = ownPlace(run, session)): Promise<void> {
  const words = new PassThrough();
  const chunks: Buffer[] = [];
  words.on('data', (chunk: Buffer) => chunks.push(chunk));
  try {
    await bootstrapNow(run, session, place, { kind: 'streams', stdout: words, stderr: words });
  } catch (error) {
    run.screen.line(Buffer.concat(chunks).toString());
    throw error;
  }
  show(run, pass('bootstrap', `bootstrapped ${place.account} in ${place.region}`));
}

/** The session's account and region, with the app's qualifier. */
function ownPlace({ configuration }: Run, { proof, region }: Session): BootstrapPlace {
  return { account: proof.identity.account, region: region.value, qualifier: configuration.qualifier };
}

/**
 * Sees to a missing bootstrap: by itself on the local AWS, by asking a person at a terminal. Only credentials of its own
 * account can make one.
 *
 * @returns whether it is there now
 */
async function seeToBootstrap(run: Run, session: Session, place: BootstrapPlace): Promise<boolean> {
  if (place.account !== session.proof.identity.account) return false;
  if (session.found.source === 'local') {
    await bootstrapMeanwhile(run, session, place);
    return true;
  }
  if (!run.canAsk) return false;
  const where = `account ${place.account} in ${place.region}`;
  if (!await agrees(run, session, { text: `Bootstrap ${where} for CDK now? It makes a bucket, a repository and five roles there.`, reads: false })) return false;
  await bootstrapNow(run, session, place);
  show(run, pass('bootstrap', `bootstrapped ${where}`));
  return true;
}

/** Sees to several, one after the other. @returns whether none is left */
export async function seeToBootstraps(run: Run, session: Session, places: readonly BootstrapPlace[]): Promise<boolean> {
  for (const place of places) if (!await seeToBootstrap(run, session, place)) return false;
  return true;
}
