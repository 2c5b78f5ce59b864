import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { AwsError } from '../../../scripts/local-aws/aws-error';
import { createBucket } from '../../../scripts/local-aws/s3/buckets';
import { s3Service } from '../../../scripts/local-aws/s3/service';
import type { LocalAws, LocalRequest, LocalResponse } from '../../../scripts/local-aws/service';
import { openStore } from '../../../scripts/local-aws/store';

export const account = '123456789012';

export interface Judged {
  readonly action: string;
  readonly resource: string;
  readonly context: Readonly<Record<string, string | readonly string[]>>;
}

interface CallInit {
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: Buffer | string;
  readonly region?: string;
  readonly accessKeyId?: string;
  /** Actions that the caller's policies do not allow. */
  readonly denied?: readonly string[];
}

/** An S3 in a folder of its own, with the bucket `box`. */
export class S3Box {
  readonly folder = mkdtempSync(join(tmpdir(), 'takeoff-s3-'));
  readonly judged: Judged[] = [];
  local: LocalAws = this.open();

  constructor() {
    createBucket(this.local, 'box', 'us-west-2');
  }

  /** What another process would find. */
  reopen(): void {
    this.local.store.save();
    this.local = this.open();
  }

  async call(method: string, path: string, init: CallInit = {}): Promise<LocalResponse> {
    const { headers = {}, body = '', region = 'us-west-2', accessKeyId = 'ASIAEXAMPLE', denied = [] } = init;
    const request: LocalRequest = {
      method,
      url: new URL(`http://127.0.0.1:4566${path}`),
      target: path,
      headers,
      body: Buffer.from(body),
      region,
      caller: { account, arn: `arn:aws:sts::${account}:assumed-role/R/S`, userId: 'AROAEXAMPLE:S', accessKeyId },
      authorize: (action, resource, context = {}) => {
        this.judged.push({ action, resource, context });
        if (denied.includes(action)) throw new AwsError('AccessDenied', `not ${action}`, 403);
      },
    };
    return s3Service(this.local).handle(request);
  }

  /** The code and status of the error, or of the answer where there is none. */
  async outcome(method: string, path: string, init: CallInit = {}): Promise<readonly [string, number]> {
    try {
      return ['', (await this.call(method, path, init)).status];
    } catch (error) {
      if (error instanceof AwsError) return [error.code, error.status];
      throw error;
    }
  }

  close(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }

  private open(): LocalAws {
    return { account, store: openStore(this.folder), origin: () => 'http://127.0.0.1:4566', log: () => undefined };
  }
}

/** The texts of the elements of that name, entities resolved. */
export function texts({ body }: LocalResponse, name: string): string[] {
  const entities: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'", '#xD': '\r' };
  return [...body.toString().matchAll(new RegExp(`<${name}(?: [^>]*)?>([^<]*)</${name}>`, 'g'))].map(([, text = '']) =>
    text.replace(/&([^;]+);/g, (_, entity: string) => entities[entity] ?? ''),
  );
}
