import { createHash } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { AssemblyStack } from '../assembly/assembly';
import { placeOf, type StackPlace } from '../assembly/stack-place';
import { endpointOf } from '../credentials/connection/aws-client';
import { Failure } from '../failures/failure';
import { takeLock, type Lock } from '../process/lock';
import type { Run } from './run';
import { sameCommand } from './same-command';
import type { Session } from './session';

/** A stack of CloudFormation's. Account and region are the session's where they are `null`. */
export type LockedStack = Pick<AssemblyStack, 'name' | 'account' | 'region'>;

/** What CDK calls the stack of its bootstrap, where nobody says otherwise. */
export const bootstrapStack = 'CDKToolkit';

/**
 * Lets no other run of this project change the same stacks while `work` does: the second would fail in CloudFormation, with
 * words that do not name the first, and after a plan that is no longer true. Other stacks, accounts and regions are free.
 *
 * @throws Failure BUSY, which names the process that is at it
 */
export async function withStacksLocked<Result>(run: Run, session: Session, stacks: readonly LockedStack[], work: () => Promise<Result>): Promise<Result> {
  const locks: Lock[] = [];
  const release = (): void => { for (const lock of locks.splice(0)) lock.release(); };
  process.once('exit', release); // an interrupted run ends without the rest of this function
  try {
    for (const [path, stack] of new Map(stacks.map((stack) => [lockPath(run, session, stack), stack]))) locks.push(lockAt(path, run, session, stack));
    return await work();
  } finally {
    release();
    process.off('exit', release);
  }
}

function placeIn({ proof, region }: Session, stack: LockedStack): Pick<StackPlace, 'account' | 'region'> {
  return placeOf(stack, { account: proof.identity.account, region: region.value });
}

/** The lock's file: the same one for the same stack of the same AWS, whatever command names it. */
function lockPath({ cache }: Run, session: Session, stack: LockedStack): string {
  const { found } = session;
  const { account, region } = placeIn(session, stack);
  const aws = found.source === 'local' ? 'local' : (endpointOf(found.aws, 'cloudformation') ?? 'aws');
  const name = createHash('sha256').update(JSON.stringify([aws, account, region, stack.name])).digest('hex').slice(0, 32);
  return join(cache, 'locks', name);
}

function lockAt(path: string, run: Run, session: Session, stack: LockedStack): Lock {
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
  const lock = takeLock(path, `npm run ${run.options.command}`);
  if ('release' in lock) return lock;
  const { account, region } = placeIn(session, stack);
  throw new Failure({
    code: 'BUSY',
    message: `Another ${lock.what} of this project (process ${lock.pid}) is at the stack ${stack.name} of account ${account} in ${region}. Nothing was changed by this one.`,
    fix: `When it has ended: ${sameCommand(run.options, run.options.yes ? '--yes' : '')}   (or end it first: kill ${lock.pid})`,
  });
}
