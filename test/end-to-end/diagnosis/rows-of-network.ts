import type { Socket } from 'node:net';
import { json } from '../../credentials/json-server';
import { identity } from '../../identity/fake-sts';
import { longTerm, type Row } from './row';
import type { Certificates } from './world';

function endpoint(url: string): Row['arrange'] {
  return () => ({ environment: { ...longTerm, AWS_ENDPOINT_URL: url } });
}

function raw(onData: (socket: Socket) => void): Row['arrange'] {
  return async (world) => ({ environment: { ...longTerm, AWS_ENDPOINT_URL: await world.raw(onData) } });
}

function tls(name: keyof Certificates, trusts: boolean): Row['arrange'] {
  return async (world) => {
    const certificate = world.certificates[name];
    return { environment: { ...longTerm, AWS_ENDPOINT_URL: (await world.sts(identity(), certificate)).origin, ...(trusts ? { AWS_CA_BUNDLE: certificate.path } : {}) } };
  };
}

function proxy(answer: string): Row['arrange'] {
  return async (world) => ({ environment: { ...longTerm, HTTPS_PROXY: (await world.proxy(() => ({ answer }))).url.replace('//', '//me:the-password-of-the-proxy@') } });
}

/** What lies between here and AWS. None of it is a fault of the credentials. */
export const rowsOfNetwork: readonly Row[] = [
  { when: 'the name cannot be resolved', code: 'NETWORK_UNREACHABLE', exit: 6, says: /https:\/\/sts\.nowhere\.invalid cannot be reached: its name cannot be resolved/, arrange: endpoint('https://sts.nowhere.invalid') },
  { when: 'the connection is refused', code: 'NETWORK_UNREACHABLE', exit: 6, says: /it refuses connections/, arrange: endpoint('http://127.0.0.1:1') },
  { when: 'the endpoint is another machine\'s, and not encrypted', code: 'NOT_CONFIRMED', exit: 7, says: /http:\/\/10\.0\.0\.5:4566 \(AWS_ENDPOINT_URL\) is reached by plain HTTP, .* so nothing was sent/, arrange: endpoint('http://10.0.0.5:4566') },
  { when: 'the connection is reset', code: 'NETWORK_UNREACHABLE', exit: 6, says: /it broke the connection/, arrange: raw((socket) => { socket.resetAndDestroy(); }) },
  { when: 'the server closes before it answers', code: 'NETWORK_UNREACHABLE', exit: 6, says: /it broke the connection/, arrange: raw((socket) => { socket.end(); }) },
  { when: 'the answer breaks off in its middle', code: 'NETWORK_UNREACHABLE', exit: 6, says: /cannot be reached/, arrange: raw((socket) => { socket.end('HTTP/1.1 200 OK\r\ncontent-type: text/xml\r\ncontent-length: 900\r\n\r\n<GetCallerIdentityResponse>'); }) },
  { when: 'the proxy wants a login', code: 'NETWORK_UNREACHABLE', exit: 6, says: /The proxy http:\/\/127\.0\.0\.1:\d+ \(HTTPS_PROXY\) wants a user name and a password/, arrange: proxy('HTTP/1.1 407 Proxy Authentication Required\r\ncontent-length: 0\r\n\r\n') },
  { when: 'the proxy forbids AWS', code: 'NETWORK_UNREACHABLE', exit: 6, says: /does not connect to sts\.us-west-2\.amazonaws\.com \(HTTP 403\)/, arrange: proxy('HTTP/1.1 403 Forbidden\r\ncontent-length: 0\r\n\r\n') },
  { when: 'the proxy is not there', code: 'NETWORK_UNREACHABLE', exit: 6, says: /The proxy http:\/\/127\.0\.0\.1:1 \(https_proxy\) cannot be reached: it refuses connections/, arrange: () => ({ environment: { ...longTerm, https_proxy: 'http://127.0.0.1:1' } }) },
  { when: 'the proxy is one of SOCKS', code: 'USAGE', exit: 2, says: /ALL_PROXY names a proxy of the kind socks5/, arrange: () => ({ environment: { ...longTerm, ALL_PROXY: 'socks5://127.0.0.1:1080' } }) },
  { when: 'the certificate signed itself', code: 'TLS_FAILURE', exit: 6, says: /is not trusted \(DEPTH_ZERO_SELF_SIGNED_CERT\): its certificate signed itself/, arrange: tls('good', false) },
  { when: 'a proxy that opens TLS has an authority of its own', code: 'TLS_FAILURE', exit: 6, says: /is not trusted \(SELF_SIGNED_CERT_IN_CHAIN\): its certificate .* from an authority that is not known here/, arrange: tls('chained', false) },
  { when: 'the authority of the certificate is missing', code: 'TLS_FAILURE', exit: 6, says: /is not trusted \(UNABLE_TO_VERIFY_LEAF_SIGNATURE\): its certificate .* from an authority that is not known here/, arrange: tls('unchained', false) },
  { when: 'the certificate has expired', code: 'TLS_FAILURE', exit: 6, says: /is not trusted \(CERT_HAS_EXPIRED\): its certificate has expired/, arrange: tls('expired', true) },
  { when: 'the certificate is of another host', code: 'TLS_FAILURE', exit: 6, says: /is not trusted \(ERR_TLS_CERT_ALTNAME_INVALID\): its certificate is for another name/, arrange: tls('ofAnother', true) },
  { when: 'the server speaks no TLS', code: 'TLS_FAILURE', exit: 6, says: /what answers there does not speak TLS/, arrange: async (world) => ({ environment: { ...longTerm, AWS_ENDPOINT_URL: (await world.raw((socket) => { socket.end('HTTP/1.1 400 Bad Request\r\n\r\n'); })).replace('http:', 'https:') } }) },
  { when: 'the server speaks no HTTP', code: 'AWS_UNAVAILABLE', exit: 6, says: /answered, but not in HTTP/, arrange: raw((socket) => { socket.end('220 mail.example ESMTP\r\n'); }) },
  { when: 'the container\'s endpoint breaks the connection', code: 'NETWORK_UNREACHABLE', exit: 6, says: /The credential endpoint of this container, 127\.0\.0\.1:\d+, cannot be reached: it broke the connection/, arrange: async (world) => ({ environment: { AWS_CONTAINER_CREDENTIALS_FULL_URI: `${await world.raw((socket) => { socket.resetAndDestroy(); })}/credentials` } }) },
  { when: 'the container\'s endpoint refuses', code: 'ACCESS_DENIED', exit: 4, says: /The credential endpoint of this container, .*, refused: HTTP 403 \(InvalidIdToken\)/, arrange: async (world) => ({ environment: { AWS_CONTAINER_CREDENTIALS_FULL_URI: `${await world.server((_seen, response) => { json(response, 403, { code: 'InvalidIdToken' }); })}/credentials` } }) },
  { when: 'EC2 may not assume the instance\'s role', code: 'ACCESS_DENIED', exit: 4, says: /EC2 cannot assume deployer, the role of this instance/, arrange: instance({ Code: 'AssumeRoleUnauthorizedAccess' }) },
  { when: 'the instance\'s role gives nothing', code: 'AWS_UNAVAILABLE', exit: 6, says: /gave no credentials for its role deployer/, arrange: instance({}) },
  { when: 'the metadata service says nothing', code: 'NO_CREDENTIALS', exit: 3, says: /^No AWS credentials were found/, arrange: async (world) => ({ environment: { AWS_EC2_METADATA_DISABLED: 'false', AWS_EC2_METADATA_SERVICE_ENDPOINT: await world.raw(() => undefined) } }) },
];

/** Those that wait for as long as the run is patient. */
export const slowRows: readonly Row[] = [
  { when: 'AWS says nothing', code: 'NETWORK_UNREACHABLE', exit: 6, says: /it did not answer in time/, arrange: raw(() => undefined) },
  { when: 'AWS begins its answer and stops', code: 'NETWORK_UNREACHABLE', exit: 6, says: /it did not answer in time/, arrange: raw((socket) => { socket.write('HTTP/1.1 200 OK\r\ncontent-type: text/xml\r\ncontent-length: 900\r\n\r\n<Get'); }) },
  { when: 'the proxy says nothing', code: 'NETWORK_UNREACHABLE', exit: 6, says: /\(HTTPS_PROXY\) cannot be reached: it did not answer in time/, arrange: async (world) => ({ environment: { ...longTerm, HTTPS_PROXY: (await world.proxy(() => 'silent')).url } }) },
];

function instance(credentials: object): Row['arrange'] {
  return async (world) => {
    const origin = await world.server(({ method, path }, response) => {
      if (method === 'PUT') response.end('the-token-of-imds');
      else if (path.endsWith('/security-credentials/')) response.end('deployer');
      else json(response, 200, credentials);
    });
    return { environment: { AWS_EC2_METADATA_DISABLED: 'false', AWS_EC2_METADATA_SERVICE_ENDPOINT: origin } };
  };
}
