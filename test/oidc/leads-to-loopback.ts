import tls from 'node:tls';

interface Target {
  readonly host?: unknown;
}

function isTarget(value: unknown): value is Target {
  return typeof value === 'object' && value !== null && 'host' in value;
}

/**
 * From now on TLS connections of this process to `host` lead to `port` of this machine, where `certificate` is trusted for that
 * name: the DNS and the certificate authority of a test. Connections to other hosts are as before.
 *
 * @returns ends that
 */
export function leadToLoopback(host: string, port: number, certificate: Buffer): () => void {
  const { connect } = tls;
  const led = (argument: unknown): unknown => (isTarget(argument) && argument.host === host ? { ...argument, host: '127.0.0.1', port, servername: host, ca: certificate } : argument);
  Object.assign(tls, { connect: new Proxy(connect, { apply: (target, self, args: unknown[]) => Reflect.apply(target, self, args.map(led)) as unknown }) });
  return () => { Object.assign(tls, { connect }); };
}
