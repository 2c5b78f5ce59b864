import { devNull } from 'node:os';
import { takeEnvironment } from '../../scripts/flow/take-environment';
import { redact } from '../../scripts/secrets/redact';
import { forgetSecrets } from '../../scripts/secrets/registry';

afterEach(forgetSecrets);

const given = { PATH: '/bin', AWS_PROFILE: 'dev', AWS_ACCESS_KEY_ID: 'AKIA', AWS_ENDPOINT_URL_STS: 'http://127.0.0.1:1', AWS_CONFIG_FILE: '/home/me/config', AMAZON_REGION: 'x', HTTPS_PROXY: 'http://proxy', MY_AWS_VALUE: 'stays' };

test('afterwards nothing that chooses an identity, a region or an endpoint is left, and no file is read', () => {
  const environment: NodeJS.ProcessEnv = { ...given };
  const before = takeEnvironment(environment);
  expect(environment).toEqual({
    PATH: '/bin', HTTPS_PROXY: 'http://proxy', MY_AWS_VALUE: 'stays',
    AWS_CONFIG_FILE: devNull, AWS_SHARED_CREDENTIALS_FILE: devNull, AWS_EC2_METADATA_DISABLED: 'true', AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true',
  });
  expect(before).toEqual(given);
  expect(Object.isFrozen(before)).toBe(true);
});

test('a credential is a secret from then on, whichever of AWS\'s variables has it', () => {
  const secret = ['wJ9kq/Zt3Xb+', 'Lm2RvYc8HdNf', '5GpSx1Ea7Uo4', 'TiQz'].join('');
  const token = ['eyJhbGciOiJSUzI1NiJ9', 'eyJzdWIiOiJyZXBvOm1lL21pbmUifQ', 'c2lnbmF0dXJl'].join('.');
  takeEnvironment({ AWS_PROFILE: ` ${secret}`, AWS_WEB_IDENTITY_TOKEN_FILE: token, AWS_CONFIG_FILE: '/home/me/.aws/a-config-file' });
  expect(redact(`"${secret}", ${token}, /home/me/.aws/a-config-file`)).toBe('"[redacted]", [redacted], /home/me/.aws/a-config-file');
});
