import type { FailureCode } from '../failures/exit-codes';
import type { Failure } from '../failures/failure';
import type { FieldInit } from './ask-field';
import { failureText } from './report';

const noAnswers: ReadonlySet<FailureCode> = new Set(['NETWORK_UNREACHABLE', 'TLS_FAILURE', 'AWS_UNAVAILABLE', 'CLOCK_SKEW']);

/** Whether AWS was not reached, or did not judge: the credentials are not to blame. */
export function isNoAnswer(failure: Failure): boolean {
  return noAnswers.has(failure.code);
}

/** @throws `failure`, where the person would rather stop */
export async function askAfterNoAnswer({ prompts, style, write }: FieldInit, failure: Failure): Promise<'again' | 'region'> {
  write(failureText(failure, style));
  const next = await prompts.select<'again' | 'region' | 'stop'>({
    message: 'Your credentials were not judged. What next?',
    choices: [
      { value: 'again', name: 'Try again' },
      { value: 'region', name: 'Use another region' },
      { value: 'stop', name: 'Stop' },
    ],
  });
  if (next === 'stop') throw failure;
  return next;
}
