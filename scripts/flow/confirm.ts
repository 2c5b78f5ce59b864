import { Failure } from '../failures/failure';
import type { Session } from './session';
import type { Run } from './run';
import { sameCommand } from './same-command';

export interface Question {
  /** Ends with a question mark: `Deploy to account 123456789012 in us-west-2?` */
  readonly text: string;
  /** Whether AWS is only read, so that Yes is the default. */
  readonly reads: boolean;
}

/**
 * Step 7's one question. Credentials typed in this run, `--local` and `--yes` have answered it; where nobody can be
 * asked, a change needs `--yes`, and a read needs no answer.
 *
 * @throws Failure DECLINED, NOT_CONFIRMED
 */
export async function confirmed(run: Run, session: Session, question: Question): Promise<void> {
  if (run.options.yes || session.typed || session.found.source === 'local') return;
  if (run.canAsk) {
    const { confirm } = await import('../terminal/prompts');
    if (await confirm({ message: question.text, default: question.reads })) return;
    throw new Failure({ code: 'DECLINED', message: 'Nothing was changed.', fix: `${sameCommand(run.options, '')}   (when you want it)` });
  }
  if (question.reads) return;
  throw new Failure({
    code: 'NOT_CONFIRMED',
    message: `${question.text} Nobody can be asked here, and there was no --yes, so nothing was changed.`,
    fix: `${sameCommand(run.options, '--yes')}   (if the answer is yes)`,
  });
}
