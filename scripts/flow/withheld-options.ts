import { harmlessNodeOptions } from '../cdk/node-options';
import { wrap } from '../terminal/wrap';
import type { Run } from './run';

/** Names the options of NODE_OPTIONS that CDK runs without, and not their values, which may be secret. */
export function sayWithheldOptions({ screen, surroundings }: Pick<Run, 'screen' | 'surroundings'>): void {
  const { removed } = harmlessNodeOptions(surroundings.environment['NODE_OPTIONS'] ?? '');
  if (removed.length === 0) return;
  const names = [...new Set(removed)].join(', ');
  screen.line(wrap(screen.style.caution(`Beside the credentials CDK runs without these of NODE_OPTIONS, which could dump them or run code: ${names}`), screen.style.columns));
}
