import { randomBytes } from 'node:crypto';

/** A new trace: `1-67891233-abcdef012345678912345678` */
export function newRoot(time: Date): string {
  return `1-${Math.floor(time.getTime() / 1000).toString(16).padStart(8, '0')}-${randomBytes(12).toString('hex')}`;
}

/**
 * The tracing header of an invocation, in the trace that its caller names. It is never sampled, since nothing is traced.
 *
 * @see https://docs.aws.amazon.com/xray/latest/devguide/xray-concepts.html#xray-concepts-tracingheader
 */
export function traceOf(header: string | undefined): string {
  const root = /(?:^|;)\s*Root=(1-[\da-f]{8}-[\da-f]{24})(?:;|$)/i.exec(header ?? '')?.[1] ?? newRoot(new Date());
  const parent = /(?:^|;)\s*Parent=([\da-f]{16})(?:;|$)/i.exec(header ?? '')?.[1] ?? randomBytes(8).toString('hex');
  return `Root=${root};Parent=${parent};Sampled=0`;
}
