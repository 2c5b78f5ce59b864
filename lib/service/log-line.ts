/**
 * One line of the function's log in Lambda's JSON format, which filters by `level` and sorts by `timestamp`. Of an
 * error its name, message and stack, and nothing that hangs on it, such as the request with its signature.
 * https://docs.aws.amazon.com/lambda/latest/dg/monitoring-cloudwatchlogs-logformat.html
 */
export function faultLine(fault: unknown, requestId: string, now: Date): string {
  const { name, message, stack } = fault instanceof Error ? fault : new Error(String(fault));
  return `${JSON.stringify({ timestamp: now.toISOString(), level: 'ERROR', requestId, errorType: name, errorMessage: message, stackTrace: stack?.split('\n') })}\n`;
}
