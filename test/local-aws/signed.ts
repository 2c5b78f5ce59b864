import { createHash, createHmac } from 'node:crypto';
import { SignatureV4 } from '@smithy/signature-v4';
import type { OpenLocalAws } from '../../scripts/local-aws/open';

export interface SignedInit {
  readonly service: string;
  readonly method?: string;
  /** Percent-encoded. */
  readonly path?: string;
  readonly query?: Readonly<Record<string, string>>;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
  /** When it is signed. */
  readonly signingDate?: Date;
  /** Changes what is sent after it was signed. */
  readonly tamper?: (request: { headers: Record<string, string>; body: string }) => void;
}

/** Sends a request signed by the SDK's own signer. */
export async function sendSigned(aws: Pick<OpenLocalAws, 'origin' | 'credentials' | 'region'>, init: SignedInit): Promise<Response> {
  const { service, method = 'POST', path = '/', query = {}, body = '', signingDate = new Date(), tamper } = init;
  const { hostname, host, port } = new URL(aws.origin);
  const isS3 = service === 's3';
  const signer = new SignatureV4({ service, region: aws.region, credentials: aws.credentials, sha256: Sha256, uriEscapePath: !isS3, applyChecksum: true });
  const signed = await signer.sign({ method, protocol: 'http:', hostname, port: Number(port), path, query: { ...query }, headers: { host, ...init.headers }, body }, { signingDate });
  const sent = { headers: { ...signed.headers }, body };
  tamper?.(sent);
  delete sent.headers['host'];
  const search = new URLSearchParams(query).toString();
  return fetch(`${aws.origin}${path}${search === '' ? '' : `?${search}`}`, { method, headers: sent.headers, ...(sent.body === '' ? {} : { body: sent.body }) });
}

class Sha256 {
  private readonly hash;

  constructor(secret?: string | ArrayBuffer | ArrayBufferView) {
    this.hash = secret === undefined ? createHash('sha256') : createHmac('sha256', bytes(secret));
  }

  update(data: string | ArrayBuffer | ArrayBufferView): void {
    this.hash.update(bytes(data));
  }

  async digest(): Promise<Uint8Array> {
    return this.hash.digest();
  }

  reset(): void {
    throw new Error('A hash is used once.');
  }
}

function bytes(data: string | ArrayBuffer | ArrayBufferView): Buffer {
  if (typeof data === 'string') return Buffer.from(data);
  return data instanceof ArrayBuffer ? Buffer.from(data) : Buffer.from(data.buffer, data.byteOffset, data.byteLength);
}
