import { handOverEnvironment, synthesisEnvironment, withheldButHarmless, withheldFromSynthesis, type HandOverTarget } from '../../scripts/cdk/environments';

const keyId = ['AKIA', 'QZ7WX3LMNPRT', '5YKD'].join('');
const secret = ['wJ9kq/Zt3Xb+', 'Lm2RvYc8HdNf', '5GpSx1Ea7Uo4', 'TiQz'].join('');
const jwt = [{ alg: 'RS256', typ: 'JWT' }, { aud: 'sts.amazonaws.com' }].map((part) => Buffer.from(JSON.stringify(part)).toString('base64url')).concat('c2lnbmF0dXJl').join('.');

const forbidden: Readonly<Record<string, string>> = {
  AWS_ACCESS_KEY_ID: keyId,
  AWS_SECRET_ACCESS_KEY: secret,
  AWS_SESSION_TOKEN: 'token',
  AWS_SECURITY_TOKEN: 'token',
  AWS_PROFILE: 'other',
  AWS_DEFAULT_PROFILE: 'other',
  AWS_DEFAULT_REGION: 'eu-west-1',
  AWS_ROLE_ARN: 'arn:aws:iam::1:role/x',
  AWS_WEB_IDENTITY_TOKEN_FILE: '/token',
  AWS_CONTAINER_CREDENTIALS_RELATIVE_URI: '/v2',
  AWS_CONTAINER_CREDENTIALS_FULL_URI: 'http://127.0.0.1:1/',
  AWS_CONTAINER_AUTHORIZATION_TOKEN: 'token',
  AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE: '/token',
  AWS_ENDPOINT_URL: 'http://other',
  AWS_BEARER_TOKEN_BEDROCK: 'token',
  AMAZON_REGION: 'eu-west-1',
  aws_ca_bundle: '/x',
  ACTIONS_ID_TOKEN_REQUEST_URL: 'https://token',
  ACTIONS_ID_TOKEN_REQUEST_TOKEN: 'token',
  ACTIONS_RUNTIME_TOKEN: 'token',
  CIRCLE_OIDC_TOKEN: 'token',
  CIRCLE_OIDC_TOKEN_V2: 'token',
  BITBUCKET_STEP_OIDC_TOKEN: 'token',
  BUILDKITE_AGENT_ACCESS_TOKEN: 'token',
  MY_ID: jwt,
  GITLAB_OIDC: `prefix ${jwt}`,
  TF_VAR_id: keyId,
  BACKUP: secret,
  GITHUB_TOKEN: 'ghs_x',
  NPM_TOKEN: 'npm_x',
  DB_PASSWORD: 'x',
  CDK_PLUGIN: 'evil',
  CDK_PROFILE: 'other',
  CDK_ROLE_ARN: 'arn:x',
  CDK_OUTPUT: 'elsewhere',
  CDK_DEFAULT_ACCOUNT: '999999999999',
  CDK_HOME: '/elsewhere',
};

const harmless = { PATH: '/bin', HOME: '/home/me', LANG: 'C.UTF-8', STAGE: 'prod', npm_config_loglevel: 'silent', CDK_DEPLOY_ACCOUNT: '1', CDK_VALIDATION: 'false', NODE_OPTIONS: '--max-old-space-size=4096' };

const target: HandOverTarget = {
  account: '123456789012', region: 'us-west-2', aws: { AWS_ENDPOINT_URL: 'http://127.0.0.1:4566', HTTPS_PROXY: 'http://proxy:8080' }, cdkHome: '/project/.takeoff/cdk-home',
};

describe('the environment of synthesis', () => {
  const environment = synthesisEnvironment({ ...harmless, ...forbidden }, { account: '123456789012', region: 'us-west-2', cdkHome: '/h', appVariables: ['STAGE', ...Object.keys(forbidden)] });

  test('is the person\'s own, and exactly ours of AWS and CDK', () => {
    expect(environment).toEqual({
      ...harmless,
      NO_PROXY: '127.0.0.1,localhost,[::1]', no_proxy: '127.0.0.1,localhost,[::1]',
      AWS_CONFIG_FILE: '/dev/null', AWS_SHARED_CREDENTIALS_FILE: '/dev/null', AWS_EC2_METADATA_DISABLED: 'true',
      AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true',
      CDK_DISABLE_CLI_TELEMETRY: 'true', CDK_DISABLE_VERSION_CHECK: 'true',
      CDK_HOME: '/h', CDK_DEFAULT_ACCOUNT: '123456789012', AWS_REGION: 'us-west-2', CDK_DEFAULT_REGION: 'us-west-2',
    });
  });

  test.each(Object.keys(forbidden))('withholds %s, although the configuration names it', (name) => {
    const alone = synthesisEnvironment({ [name]: forbidden[name] }, { account: null, region: null, cdkHome: '/h', appVariables: [name] });
    expect(Object.values(alone)).not.toContain(forbidden[name]);
    expect(withheldFromSynthesis({ STAGE: 'prod', [name]: forbidden[name] }, ['STAGE', name])).toEqual([name]);
  });

  test('is an allowlist: what the configuration does not name is withheld, and could be named', () => {
    const person = { PATH: '/bin', STAGE: 'prod', DATABASE_URL: 'postgres://me:pw@db', AWS_PROFILE: 'dev' };
    expect(synthesisEnvironment(person, { account: null, region: null, cdkHome: '/h', appVariables: [] })).not.toHaveProperty('STAGE');
    expect(withheldFromSynthesis(person, [])).toEqual(['AWS_PROFILE', 'DATABASE_URL', 'STAGE']);
    expect(withheldButHarmless(person, ['STAGE'])).toEqual(['DATABASE_URL']);
  });

  test('without an identity names neither account nor region', () => {
    const names = Object.keys(synthesisEnvironment({}, { account: null, region: null, cdkHome: '/h', appVariables: [] }));
    expect(names.filter((name) => /REGION|ACCOUNT/.test(name))).toEqual([]);
  });
});

describe('the environment of the hand-over', () => {
  test('is built: the person\'s terminal and paths, the AWS that was proved, no key', () => {
    const person = { ...harmless, ...forbidden, TERM: 'xterm', NO_PROXY: 'internal, 127.0.0.1', NODE_OPTIONS: '--require ./hook.js --max-old-space-size=4096' };
    expect(handOverEnvironment(person, target)).toEqual({
      PATH: '/bin', LANG: 'C.UTF-8', TERM: 'xterm', NODE_OPTIONS: '--max-old-space-size=4096',
      DOCKER_CONFIG: '/home/me/.docker',
      AWS_ENDPOINT_URL: 'http://127.0.0.1:4566', HTTPS_PROXY: 'http://proxy:8080',
      NO_PROXY: 'internal,.internal,127.0.0.1,localhost,[::1]', no_proxy: 'internal,.internal,127.0.0.1,localhost,[::1]',
      AWS_CONFIG_FILE: '/dev/null', AWS_SHARED_CREDENTIALS_FILE: '/dev/null', AWS_EC2_METADATA_DISABLED: 'true',
      AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true',
      CDK_DISABLE_CLI_TELEMETRY: 'true', CDK_DISABLE_VERSION_CHECK: 'true',
      HOME: '/project/.takeoff/cdk-home', CDK_HOME: '/project/.takeoff/cdk-home',
      CDK_DEFAULT_ACCOUNT: '123456789012', AWS_REGION: 'us-west-2', AWS_DEFAULT_REGION: 'us-west-2',
    });
  });

  test('has the person\'s own variables where asset commands are allowed, and still no credential', () => {
    const environment = handOverEnvironment({ ...harmless, ...forbidden }, { ...target, assetCommands: true, appVariables: ['STAGE', ...Object.keys(forbidden)] });
    expect(environment).toMatchObject({ STAGE: 'prod', HOME: '/project/.takeoff/cdk-home' });
    for (const value of [keyId, secret, jwt, 'other', 'ghs_x']) expect(Object.values(environment)).not.toContain(value);
  });

  test('keeps what is said of loopback by the AWS that was proved', () => {
    expect(handOverEnvironment({ NO_PROXY: 'a' }, { ...target, aws: { NO_PROXY: 'b' } })).toMatchObject({ NO_PROXY: 'b,.b,127.0.0.1,localhost,[::1]', no_proxy: 'b,.b,127.0.0.1,localhost,[::1]' });
  });
});
