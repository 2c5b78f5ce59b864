import { execFileSync } from 'node:child_process';
import { appendFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A certificate that signed itself, and its key, in files. */
export interface Certificate {
  /** Of the certificate in PEM format. */
  readonly path: string;
  readonly cert: Buffer;
  readonly key: Buffer;
  remove(): void;
}

/** @param names as X.509 has them: `DNS:*.us-west-2.amazonaws.com`, `IP:127.0.0.1` */
export function makeCertificate(names: readonly string[]): Certificate {
  return inFolder((key, path) => {
    openssl('req', '-x509', ...newKey, '-days', '1', '-addext', `subjectAltName=${names.join(',')}`, '-keyout', key, '-out', path);
  });
}

/** One whose time ended yesterday. */
export function makeExpiredCertificate(): Certificate {
  return inFolder((key, path) => {
    openssl('req', ...newKey, '-keyout', key, '-out', `${path}.request`);
    openssl('x509', '-req', '-in', `${path}.request`, '-signkey', key, '-days', '-1', '-out', path);
  });
}

/** One that an authority issued which nobody here knows. @param tells whether the server sends that authority's certificate along */
export function makeIssuedCertificate(names: readonly string[], tells: boolean): Certificate {
  return inFolder((key, path) => {
    openssl('req', '-x509', ...newKey, '-days', '1', '-keyout', `${path}.authority-key`, '-out', `${path}.authority`);
    openssl('req', ...newKey, '-keyout', key, '-out', `${path}.request`);
    writeFileSync(`${path}.names`, `subjectAltName=${names.join(',')}\n`);
    openssl('x509', '-req', '-in', `${path}.request`, '-CA', `${path}.authority`, '-CAkey', `${path}.authority-key`, '-CAcreateserial', '-days', '1', '-extfile', `${path}.names`, '-out', path);
    if (tells) appendFileSync(path, readFileSync(`${path}.authority`));
  });
}

const newKey = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-subj', '/CN=test'];

function openssl(...args: readonly string[]): void {
  execFileSync('openssl', args, { stdio: 'ignore' });
}

function inFolder(make: (key: string, path: string) => void): Certificate {
  const folder = mkdtempSync(join(tmpdir(), 'takeoff-certificate-'));
  const [key, path] = [join(folder, 'key.pem'), join(folder, 'certificate.pem')];
  make(key, path);
  return { path, cert: readFileSync(path), key: readFileSync(key), remove: () => { rmSync(folder, { recursive: true, force: true }); } };
}

/** Those of the services of AWS that tests call, in several regions, with and without FIPS. */
export const namesOfAws: readonly string[] = ['us-east-1', 'us-west-2', 'eu-west-1', 'eu-south-1', 'cn-north-1', 'us-gov-west-1', 'us-gov-east-1'].map((region) => `DNS:*.${region}.amazonaws.com`)
  .concat('DNS:*.cn-north-1.amazonaws.com.cn', 'DNS:*.us-west-2.api.aws', 'DNS:*.s3.us-west-2.amazonaws.com', 'DNS:*.sso.eu-west-1.amazonaws.com', 'DNS:iam.amazonaws.com');
