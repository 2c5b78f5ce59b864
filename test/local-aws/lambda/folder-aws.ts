import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createRole } from '../../../scripts/local-aws/iam/roles';
import { unpackCode } from '../../../scripts/local-aws/lambda/code';
import { functions, type FunctionRecord } from '../../../scripts/local-aws/lambda/functions';
import { closePool } from '../../../scripts/local-aws/lambda/pool';
import type { LocalAws } from '../../../scripts/local-aws/service';
import { memoryAws } from '../memory-aws';
import { storedZip } from './stored-zip';

export type FolderAws = ReturnType<typeof memoryAws> & { close(): Promise<void> };

/** A local AWS with a folder of its own, and a role `fn` that Lambda may assume. */
export function folderAws(): FolderAws {
  const local = memoryAws();
  const folder = mkdtempSync(join(tmpdir(), 'local-aws-'));
  const whole = {
    ...local,
    store: { ...local.store, folder },
    async close() {
      await closePool(whole);
      rmSync(folder, { recursive: true, force: true });
    },
  };
  createRole(whole, 'fn', '/', { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Principal: { Service: 'lambda.amazonaws.com' }, Action: 'sts:AssumeRole' }] });
  return whole;
}

/** Makes a function of these files, without a stack. */
export async function addFunction(local: LocalAws, name: string, files: Readonly<Record<string, string>>, changes: Partial<FunctionRecord> = {}): Promise<FunctionRecord> {
  const zip = storedZip(files);
  const record: FunctionRecord = {
    name, arn: `arn:aws:lambda:us-west-2:${local.account}:function:${name}`, region: 'us-west-2', runtime: 'nodejs22.x', handler: 'index.handler',
    role: `arn:aws:iam::${local.account}:role/fn`, description: '', memory: 128, timeout: 3, environment: {}, architecture: 'arm64', logFormat: 'Text', logGroup: `/aws/lambda/${name}`,
    code: await unpackCode(local, zip), codeSize: zip.length, tags: {}, permissions: {}, lastModified: '2026-01-01T00:00:00.000Z', revision: '1', ...changes,
  };
  functions(local).set(`us-west-2/${name}`, record);
  return record;
}
