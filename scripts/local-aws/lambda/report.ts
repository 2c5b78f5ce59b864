import type { FunctionRecord } from './functions';

/** How an invocation went. */
export interface Measured {
  readonly requestId: string;
  readonly record: FunctionRecord;
  /** Milliseconds. */
  readonly duration: number;
  /** Milliseconds; null for a warm start. */
  readonly init: number | null;
  /** Megabytes. */
  readonly memoryUsed: number;
  readonly status: 'success' | 'error' | 'failure' | 'timeout';
}

/** @see https://docs.aws.amazon.com/lambda/latest/dg/monitoring-cloudwatchlogs-advanced.html */
export function startLine({ logFormat }: FunctionRecord, requestId: string): string {
  if (logFormat === 'Text') return `START RequestId: ${requestId} Version: $LATEST`;
  return platformEvent('platform.start', { requestId, version: '$LATEST' });
}

export function endLines({ requestId, record, duration, init, memoryUsed, status }: Measured): string[] {
  const billed = Math.ceil(duration + (init ?? 0));
  const durationMs = Number(duration.toFixed(3));
  if (record.logFormat === 'JSON') {
    const metrics = { durationMs, billedDurationMs: billed, memorySizeMB: record.memory, maxMemoryUsedMB: memoryUsed, ...(init === null ? {} : { initDurationMs: Number(init.toFixed(3)) }) };
    return [platformEvent('platform.report', { requestId, metrics, status })];
  }
  const parts = [`REPORT RequestId: ${requestId}`, `Duration: ${duration.toFixed(2)} ms`, `Billed Duration: ${billed} ms`, `Memory Size: ${record.memory} MB`, `Max Memory Used: ${memoryUsed} MB`];
  if (init !== null) parts.push(`Init Duration: ${init.toFixed(2)} ms`);
  if (status === 'timeout') parts.push('Status: timeout');
  return [`END RequestId: ${requestId}`, `${parts.join('\t')}\t`];
}

function platformEvent(type: string, record: Readonly<Record<string, unknown>>): string {
  return JSON.stringify({ time: new Date().toISOString(), type, record });
}
