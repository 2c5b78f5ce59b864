import type { TargetEnvironment } from '../configuration/target-environment';
import { Failure } from '../failures/failure';
import { environmentOf } from './environment-of';
import type { Run } from './run';
import { sameCommand } from './same-command';
import type { Session } from './session';

/** A question before AWS is changed, or read. */
export interface Question {
  /** Ends with a question mark: `Deploy to account 123456789012 in us-west-2?` */
  readonly text: string;
  /** Whether AWS is only read, so that Yes is the default. */
  readonly reads: boolean;
}

/** The environment whose name must be typed before it is changed; `null` for none. */
function namedByTyping(run: Run, session: Session, question: Question): TargetEnvironment | null {
  const environment = environmentOf(run, session);
  return environment?.confirm === 'type-name' && !question.reads ? environment : null;
}

/** Asks the person at the terminal: yes or no, or the name of the environment where cdk.json wants it typed. */
export async function agrees(run: Run, session: Session, question: Question): Promise<boolean> {
  const environment = namedByTyping(run, session, question);
  const { confirm, input } = await import('../terminal/prompts');
  if (environment === null) return confirm({ message: question.text, default: question.reads });
  return (await input({ message: `${question.text} Type ${environment.name} to go on:` })).trim() === environment.name;
}

/**
 * Whether step 7's one question has its answer: by credentials typed in this run, `--local`, or `--yes`. Where the name of
 * the environment is to be typed, only `--env` together with `--yes` stands for that: whoever wrote it has typed the name.
 */
export function isAnswered(run: Run, session: Session, question: Question): boolean {
  if (session.found.source === 'local') return true;
  const byName = namedByTyping(run, session, question) !== null;
  return byName ? run.options.yes && run.target?.namedBy === 'option' : run.options.yes || session.typed;
}

/**
 * Step 7's one question, where it is not answered. Where nobody can be asked, a change needs `--yes`, and a read needs no
 * answer.
 *
 * @throws Failure DECLINED, NOT_CONFIRMED
 */
export async function confirmed(run: Run, session: Session, question: Question): Promise<void> {
  if (isAnswered(run, session, question)) return;
  const environment = namedByTyping(run, session, question);
  if (run.canAsk) {
    if (await agrees(run, session, question)) return;
    const why = environment === null ? '' : 'That is not the name of the environment. ';
    throw new Failure({ code: 'DECLINED', message: `${why}Nothing was changed.`, fix: `${sameCommand(run.options, '')}   (when you want it)` });
  }
  if (question.reads) return;
  const lacks = environment === null ? 'there was no --yes' : `the environment ${environment.name} is changed only with its name: --env ${environment.name} and --yes together`;
  throw new Failure({
    code: 'NOT_CONFIRMED',
    message: `${question.text} Nobody can be asked here, and ${lacks}, so nothing was changed.`,
    fix: `${sameCommand(environment === null ? run.options : { ...run.options, env: environment.name }, '--yes')}   (if the answer is yes)`,
  });
}
