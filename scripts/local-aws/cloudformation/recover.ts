import type { ResourceType } from '../resource';
import type { LocalAws } from '../service';
import { rollBackCreate, finishUpdate } from './deploy';
import { newEngine, type Engine } from './engine';
import { setStackStatus } from './events';
import { stacks, type StackRecord } from './records';
import { deleteStack } from './remove';
import { finishRollBack, rollBackUpdate } from './roll-back';

const reason = 'The local AWS ended while this was in progress.';

/** Ends what a killed process left in progress: a creation or an update is rolled back, a deletion or a cleanup goes on. */
export async function recoverStacks(local: LocalAws, types: ReadonlyMap<string, ResourceType>): Promise<void> {
  const engine = newEngine(local, types);
  for (const stack of stacks(local).values()) await recover(engine, stack);
}

async function recover(engine: Engine, stack: StackRecord): Promise<void> {
  switch (stack.status) {
    case 'CREATE_IN_PROGRESS':
    case 'ROLLBACK_IN_PROGRESS':
      return rollBackCreate(engine, stack, reason);
    case 'UPDATE_IN_PROGRESS':
    case 'UPDATE_ROLLBACK_IN_PROGRESS':
      return rollBackUpdate(engine, stack, reason);
    case 'UPDATE_COMPLETE_CLEANUP_IN_PROGRESS':
      return finishUpdate(engine, stack);
    case 'UPDATE_ROLLBACK_COMPLETE_CLEANUP_IN_PROGRESS':
      if (stack.before !== null) return finishRollBack(engine, stack, stack.before);
      return setStackStatus(engine.local, stack, 'UPDATE_ROLLBACK_COMPLETE');
    case 'DELETE_IN_PROGRESS':
      return deleteStack(engine, stack, []);
    default:
  }
}
