/** The name of the error for an answer that is larger than it can be. */
export const answerTooLarge = 'AnswerTooLargeError';

/** Whether `error` says so. */
export function isTooLarge(error: unknown): boolean {
  return error instanceof Error && error.name === answerTooLarge;
}
