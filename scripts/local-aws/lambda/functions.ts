import { AwsError } from '../aws-error';
import { namedBy } from '../physical-name';
import type { LocalAws } from '../service';
import type { Table } from '../store';

/** A statement of the function's resource policy. */
export interface Permission {
  readonly action: string;
  readonly principal: string;
  readonly sourceArn: string | null;
  readonly sourceAccount: string | null;
}

/** A function, of which there is only the version `$LATEST`. */
export interface FunctionRecord {
  readonly name: string;
  readonly arn: string;
  readonly region: string;
  runtime: string;
  handler: string;
  role: string;
  description: string;
  /** Megabytes. */
  memory: number;
  /** Seconds. */
  timeout: number;
  environment: Record<string, string>;
  architecture: string;
  logFormat: 'Text' | 'JSON';
  logGroup: string;
  /** Told, and without effect: nothing is traced. */
  tracing?: string;
  /** Hexadecimal SHA-256, and the name of the folder of the unpacked code. */
  code: string;
  /** Bytes. */
  codeSize: number;
  tags: Record<string, string>;
  permissions: Record<string, Permission>;
  /** ISO 8601. */
  lastModified: string;
  /** Changes with everything that a process was started with. */
  revision: string;
}

/** By `REGION/NAME`. */
export function functions(local: LocalAws): Table<FunctionRecord> {
  return local.store.table<FunctionRecord>('functions');
}

/** The name of a function that a stack makes. */
export const functionName = namedBy('FunctionName', 64);

/** @param reference a name, an ARN, a partial ARN, with `:$LATEST` or without */
export function functionArn(local: LocalAws, region: string, reference: string): string {
  return `arn:aws:lambda:${region}:${local.account}:function:${nameIn(reference)}`;
}

/** @param reference as {@link functionArn} takes it */
export function findFunction(local: LocalAws, region: string, reference: string): FunctionRecord | null {
  return functions(local).get(`${region}/${nameIn(reference)}`) ?? null;
}

function nameIn(reference: string): string {
  return reference.replace(/:\$LATEST$/, '').split(':function:').at(-1) ?? '';
}

/** @throws AwsError ResourceNotFoundException */
export function getFunction(local: LocalAws, region: string, reference: string): FunctionRecord {
  const found = findFunction(local, region, reference);
  if (found !== null) return found;
  const name = reference.split(':function:').at(-1) ?? '';
  throw new AwsError('ResourceNotFoundException', `Function not found: arn:aws:lambda:${region}:${local.account}:function:${name}`, 404);
}
