import type { Refusal, Said, Told } from './refusal-row';
import { correctEndpoint } from './endpoint-advice';
import { host, notJudged, through } from './refusal-words';

const own = 'Where a company inspects traffic, give its certificate: export AWS_CA_BUNDLE=/path/to/company.pem   (or NODE_EXTRA_CA_CERTS). Do not turn verification off.';

/** What is wrong, and what helps, by the codes that Node and OpenSSL have. */
const causes: readonly (readonly [RegExp, string, string | ((told: Told) => string)])[] = [
  [/EXPIRED|certificate has expired/, 'its certificate has expired', 'Look at the clock of this machine: date. If it is right, whoever runs that server must renew the certificate. Do not turn verification off.'],
  [/NOT_YET_VALID/, 'its certificate is not valid yet', 'Look at the clock of this machine: date. Do not turn verification off.'],
  [/ALTNAME|altnames/, 'its certificate is for another name', (told) => `${correctEndpoint(told)} Do not turn verification off.`],
  [/EPROTO|WRONG_VERSION|wrong version/, 'what answers there does not speak TLS', 'An endpoint that speaks plain HTTP begins with http://. Else something stands between that is not AWS: the login page of a network, or a proxy.'],
];

function say(told: Told): Said {
  const { code, message } = told.fact;
  const [, why, fix] = causes.find(([pattern]) => pattern.test(code) || pattern.test(message)) ?? [null, 'its certificate signed itself, or is from an authority that is not known here', own];
  return { message: `The connection to ${host(told)} is not trusted${code === '' ? '' : ` (${code})`}: ${why}${through(told)}.${notJudged(told)}`, fix: typeof fix === 'string' ? fix : fix(told) };
}

/** https://nodejs.org/docs/latest-v20.x/api/tls.html#x509-certificate-error-codes */
export const tlsRefusals: readonly Refusal[] = [
  {
    code: 'TLS_FAILURE',
    names: new Set(['SELF_SIGNED_CERT_IN_CHAIN', 'DEPTH_ZERO_SELF_SIGNED_CERT', 'UNABLE_TO_VERIFY_LEAF_SIGNATURE', 'UNABLE_TO_GET_ISSUER_CERT', 'UNABLE_TO_GET_ISSUER_CERT_LOCALLY', 'CERT_HAS_EXPIRED', 'CERT_NOT_YET_VALID', 'CERT_UNTRUSTED', 'ERR_TLS_CERT_ALTNAME_INVALID', 'EPROTO', 'ERR_SSL_WRONG_VERSION_NUMBER']),
    pattern: /self.signed certificate|unable to (?:verify|get)[\w ]* certificate|certificate has expired|certificate's altnames|wrong version number/i,
    say,
  },
];
