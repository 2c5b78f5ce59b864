import { randomBytes } from 'node:crypto';
import { Failure } from '../../scripts/failures/failure';
import { parseOptions } from '../../scripts/options/parse';

// Made up here, so that the repository holds nothing that is shaped like a credential.
const keyId = ['AKIA', 'QZ7WX3LMNPRT', '5YKD'].join('');
const secret = ['wJ9kq/Zt3Xb+', 'Lm2RvYc8HdNf', '5GpSx1Ea7Uo4', 'TiQz'].join('');
const token = `IQoJb3JpZ2lu${'X2VjE0aBcDeFgH'.repeat(20)}`;
const jwt = [{ alg: 'RS256', typ: 'JWT' }, { aud: 'sts.amazonaws.com' }].map((part) => Buffer.from(JSON.stringify(part)).toString('base64url')).concat(randomBytes(32).toString('base64url')).join('.');

function refusal(argv: readonly string[]): Failure | null {
  try {
    parseOptions('deploy', argv);
    return null;
  } catch (error) {
    if (error instanceof Failure && error.code === 'SECRET_ON_COMMAND_LINE') return error;
    return null;
  }
}

describe('a credential on the command line', () => {
  test.each([
    ['a key id alone', [keyId]],
    ['a temporary key id', [keyId.replace('AKIA', 'ASIA')]],
    ['a secret alone', [secret]],
    ['an option with a secret', ['--secret-access-key', secret]],
    ['an option glued to a secret', [`--secret=${secret}`]],
    ['an assignment', [`AWS_SECRET_ACCESS_KEY=${secret}`]],
    ['an assignment of anything', ['AWS_SECRET_ACCESS_KEY=test']],
    ['an assignment of AWS\'s file', ['aws_session_token = abc']],
    ['a session token', ['--token', token]],
    ['a token of an OIDC provider', ['-c', `token=${jwt}`]],
    ['a context value', ['-c', `key=${secret}`]],
    ['JSON', [`{"accessKeyId":"${keyId}"}`]],
    ['a pair', [`${keyId}:${secret}`]],
  ])('%s is refused without being echoed', (_, argv) => {
    const failure = refusal(argv);
    expect(failure).toMatchObject({ exitCode: 2 });
    for (const value of [keyId, secret, token, jwt, 'ASIAQZ7W']) expect(`${failure?.message}${failure?.fix}`).not.toContain(value);
    expect(failure?.fix).toContain('npm config get cache');
    expect(failure?.fix).toContain('Rotate');
  });

  test.each([
    ['a git SHA', ['-c', `commit=${randomBytes(20).toString('hex')}`]],
    ['a path', ['--outputs-file', '/home/someone/Projects2/Takeoff/infra/ou']],
    ['a long stack name', ['MyCompanyProductionEuWest1NotesStack2026']],
    ['an ARN', ['--notification-arns', 'arn:aws:sns:us-west-2:123456789012:deployments']],
    ['an account and a region', ['aws://123456789012/us-west-2']],
    ['a context path', ['-c', '@aws-cdk/core:bootstrapQualifier=hnb659fds']],
    ['a sha256', ['-c', `digest=sha256:${randomBytes(32).toString('hex')}`]],
    ['a UUID', ['--change-set-name', 'cdk-deploy-5f0c7f3e-9f5b-4a52-8d3f-5a1df0a6e0c3']],
    ['AWS\'s documentation example', ['-c', 'id=AKIAIOSFODNN7EXAMPLE']],
    ['a name that begins alike', ['AKIAStack']],
    ['a variable\'s name', ['-c', 'variable=AWS_SECRET_ACCESS_KEY']],
    ['a word of forty letters', ['abcdefghijklmnopqrstuvwxyzabcdefghijklmn']],
    ['a path in the project', ['--template', 'lib/stacks/Notes2/templates/Production/V1']],
  ])('%s is not taken for one', (_, argv) => {
    expect(refusal(argv)).toBeNull();
  });
});
