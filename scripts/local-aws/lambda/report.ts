import type { FunctionRecord } from './functions';

/** How an invocation went. */
export interface Measured {
  readonly requestId: string;
  readonly record: FunctionRecord;
  /** Milliseconds. */
  readonly duration: number;
  /** Milliseconds; null for a warm start, and where the initialization failed. */
  readonly init: number | null;
  /** Megabytes. */
  readonly memoryUsed: number;
  readonly status: Status;
  /** `Runtime.ExitError`; null where the function ended by itself. */
  readonly errorType: string | null;
}

/** `failure` is the function's own error, `error` the end of its process. */
export type Status = 'success' | 'failure' | 'error' | 'timeout';

/** @see https://docs.aws.amazon.com/lambda/latest/dg/monitoring-cloudwatchlogs-advanced.html */
export function startLine({ logFormat }: FunctionRecord, requestId: string): string {
  if (logFormat === 'Text') return `START RequestId: ${requestId} Version: $LATEST`;
  return platformEvent('platform.start', { requestId, version: '$LATEST' });
}

/**
 * Only of an initialization that failed.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/lambda-runtime-environment.html#runtimes-lifecycle-init-errors
 */
export function initLine({ logFormat }: FunctionRecord, duration: number, phase: 'init' | 'invoke', status: 'error' | 'timeout', errorType: string | null): string {
  if (logFormat === 'JSON') {
    return platformEvent('platform.initReport', { initializationType: 'on-demand', metrics: { durationMs: Number(duration.toFixed(3)) }, phase, status, ...(errorType === null ? {} : { errorType }) });
  }
  return [`INIT_REPORT Init Duration: ${duration.toFixed(2)} ms`, `Phase: ${phase}`, `Status: ${status}`, ...(errorType === null ? [] : [`Error Type: ${errorType}`])].join('\t');
}

/** @see https://docs.aws.amazon.com/lambda/latest/dg/telemetry-schema-reference.html#platform-report */
export function endLines({ requestId, record, duration, init, memoryUsed, status, errorType }: Measured): string[] {
  const billed = Math.ceil(duration + (init ?? 0));
  if (record.logFormat === 'JSON') {
    const metrics = {
      durationMs: Number(duration.toFixed(3)), billedDurationMs: billed, memorySizeMB: record.memory, maxMemoryUsedMB: memoryUsed,
      ...(init === null ? {} : { initDurationMs: Number(init.toFixed(3)) }),
    };
    return [platformEvent('platform.report', { requestId, metrics, status, ...(errorType === null ? {} : { errorType }) })];
  }
  const parts = [`REPORT RequestId: ${requestId}`, `Duration: ${duration.toFixed(2)} ms`, `Billed Duration: ${billed} ms`, `Memory Size: ${record.memory} MB`, `Max Memory Used: ${memoryUsed} MB`];
  if (init !== null) parts.push(`Init Duration: ${init.toFixed(2)} ms`);
  // A function's own error is in no REPORT of a plain text log.
  if (status === 'timeout' || status === 'error') parts.push(`Status: ${status}`);
  if (status === 'error' && errorType !== null) parts.push(`Error Type: ${errorType}`);
  return [`END RequestId: ${requestId}`, `${parts.join('\t')}\t`];
}

function platformEvent(type: string, record: Readonly<Record<string, unknown>>): string {
  return JSON.stringify({ time: new Date().toISOString(), type, record });
}
