// Errors as Lambda's Node runtimes report them.

/** An error of the runtime's own, or one of the function's under Lambda's name for it. */
export function named(name, message, stack) {
  const error = Object.assign(new Error(message), { name });
  error.stack = stack ?? error.stack.replace(/^Error/, name);
  return error;
}

/** What the answer of a failed invocation says. */
export function problem(error) {
  if (!(error instanceof Error)) return { errorType: typeof error, errorMessage: String(error), trace: [] };
  return { errorType: error.name, errorMessage: error.message, trace: (error.stack ?? '').split('\n') };
}
