import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Template } from 'aws-cdk-lib/assertions';
import { CfnRole, PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Validations } from 'aws-cdk-lib/core';
import { AwsSolutionsChecks } from 'cdk-nag';
import { assert, constantFrom, property, string, tuple } from 'fast-check';
import { stackNameFor } from '../../lib/deploy-role/stack-name';
import { UsageError } from '../../lib/deploy-role/usage-error';
import { deployRoleApp, type DeployRoleApp } from './deploy-role-app';

type Said = Readonly<Record<string, string>>;

const everything: Said = { repository: 'octo/notes', environment: 'production', branch: 'main', ownerId: '12', repositoryId: '56', pullRequests: 'true', smokeTest: 'true' };
const ofAws = { account: '123456789012', region: 'us-west-2' };
const host = 'token.actions.githubusercontent.com';

function withApp<Result>(said: Said, look: (app: DeployRoleApp) => Result, env?: object): Result {
  const made = deployRoleApp(said, env);
  try {
    return look(made);
  } finally {
    made[Symbol.dispose]();
  }
}

function templateOf(said: Said, env?: object): Template {
  return withApp(said, ({ stack }) => {
    if (stack === null) throw new Error('there is no stack');
    return Template.fromStack(stack);
  }, env);
}

function propertiesOf(template: Template, type: string): readonly Readonly<Record<string, unknown>>[] {
  return Object.values(template.findResources(type)).map(({ Properties }) => Properties as Record<string, unknown>);
}

/** What the first role compares. */
function conditionOf(said: Said): unknown {
  const [role] = propertiesOf(templateOf(said), 'AWS::IAM::Role');
  const { Statement: [statement] } = (role?.['AssumeRolePolicyDocument'] ?? { Statement: [] }) as { readonly Statement: readonly { readonly Condition: unknown }[] };
  return statement?.Condition;
}

function statementsOf(template: Template): readonly (readonly unknown[])[] {
  return propertiesOf(template, 'AWS::IAM::Policy').map(({ PolicyDocument }) => (PolicyDocument as { readonly Statement: readonly unknown[] }).Statement);
}

const assuming = (...roles: readonly string[]): object => ({
  Effect: 'Allow',
  Action: 'sts:AssumeRole',
  Resource: 'arn:aws:iam::123456789012:role/cdk-hnb659fds-*',
  Condition: { StringEquals: { 'iam:ResourceTag/aws-cdk:bootstrap-role': roles } },
});

test('without the context there is no stack', () => {
  expect(withApp({}, ({ stack }) => stack)).toBeNull();
});

test('the template is the one that was last looked at', () => {
  expect(JSON.parse(JSON.stringify(templateOf(everything).toJSON()), (key, value: unknown) => (key === 'Analytics' ? 'ANALYTICS' : value))).toMatchSnapshot();
});

describe('of GitHub', () => {
  const aud = { [`${host}:aud`]: 'sts.amazonaws.com' };

  test.each<[string, Said, object]>([
    ['an environment', { environment: 'production' }, { [`${host}:sub`]: 'repo:octo/notes:environment:production' }],
    ['a branch', { branch: 'main' }, { [`${host}:sub`]: 'repo:octo/notes:ref:refs/heads/main' }],
    ['an environment from a branch', { environment: 'production', branch: 'main' }, { [`${host}:sub`]: 'repo:octo/notes:environment:production', [`${host}:ref`]: 'refs/heads/main' }],
    ['ids', { environment: 'production', ownerId: '12', repositoryId: '56' }, { [`${host}:sub`]: ['repo:octo/notes:environment:production', 'repo:octo@12/notes@56:environment:production'], [`${host}:repository_id`]: '56' }],
    ['a colon, as GitHub writes it', { environment: 'eu:west' }, { [`${host}:sub`]: 'repo:octo/notes:environment:eu%3Awest' }],
  ])('trusts %s, and compares all by equality', (_what, said, expected) => {
    expect(conditionOf({ repository: 'octo/notes', ...said })).toEqual({ StringEquals: { ...aud, ...expected } });
  });

  test('a * that the person wrote is compared by StringLike, the audience still by equality', () => {
    expect(conditionOf({ repository: 'octo/notes', branch: 'release/*' })).toEqual({ StringEquals: aud, StringLike: { [`${host}:sub`]: 'repo:octo/notes:ref:refs/heads/release/*' } });
  });

  test('may assume the bootstrap\'s roles by their tag, and nothing else', () => {
    expect(statementsOf(templateOf({ repository: 'octo/notes', environment: 'p' }, ofAws))).toEqual([[assuming('deploy', 'file-publishing', 'image-publishing', 'lookup')]]);
  });

  test('takes the qualifier of the app', () => {
    const [statements] = statementsOf(templateOf({ repository: 'octo/notes', environment: 'p', '@aws-cdk/core:bootstrapQualifier': 'mine' }, ofAws));
    expect(statements).toEqual([expect.objectContaining({ Resource: 'arn:aws:iam::123456789012:role/cdk-mine-*' })]);
  });

  test('lasts an hour', () => {
    expect(propertiesOf(templateOf(everything), 'AWS::IAM::Role').map(({ MaxSessionDuration }) => MaxSessionDuration)).toEqual([3600, 3600]);
  });

  test('reads only, for pull requests', () => {
    const template = templateOf({ repository: 'octo/notes', environment: 'p', pullRequests: 'true' }, ofAws);
    expect(statementsOf(template)[1]).toEqual([assuming('lookup')]);
    expect(JSON.stringify(propertiesOf(template, 'AWS::IAM::Role')[1])).toContain(`{"StringEquals":{"${host}:aud":"sts.amazonaws.com","${host}:sub":"repo:octo/notes:pull_request"}}`);
  });

  test.each([[{}, '*'], [{ apiId: 'a1b2c3' }, 'a1b2c3']])('with smokeTest and %j also calls what reads', (more, id) => {
    const [statements] = statementsOf(templateOf({ repository: 'octo/notes', environment: 'p', smokeTest: 'true', ...more }, ofAws));
    const base = `arn:aws:execute-api:us-west-2:123456789012:${id}/$default/GET`;
    expect(statements?.[1]).toEqual({ Effect: 'Allow', Action: 'execute-api:Invoke', Resource: [`${base}/notes`, `${base}/notes/*`] });
  });

  test('gives the lines that the job needs', () => {
    const { Job } = templateOf({ repository: 'octo/notes', environment: 'production' }, ofAws).toJSON()['Outputs'] as Readonly<Record<string, { readonly Value: { readonly 'Fn::Join': readonly [string, readonly unknown[]] } }>>;
    expect(Job?.Value['Fn::Join'][1].map((part) => (typeof part === 'string' ? part : 'ARN')).join('')).toBe('environment: "production"\npermissions:\n  id-token: write\n  contents: read\nenv:\n  AWS_ROLE_ARN: ARN\n  AWS_REGION: us-west-2');
  });
});

describe('of GitLab', () => {
  test('trusts a branch of a project', () => {
    expect(conditionOf({ project: 'a/b/c', branch: 'main' })).toEqual({ StringEquals: { 'gitlab.com:aud': 'sts.amazonaws.com', 'gitlab.com:sub': 'project_path:a/b/c:ref_type:branch:ref:main' } });
  });

  test('compares the number of the project where it is given', () => {
    expect(conditionOf({ project: 'a/b', branch: 'main', projectId: '7' })).toMatchObject({ StringEquals: { 'gitlab.com:project_id': '7' } });
  });

  test('takes a GitLab and an audience of one\'s own', () => {
    const said = { project: 'a/b', branch: 'main', gitlabUrl: 'https://git.example.com/', audience: 'https://git.example.com' };
    expect(conditionOf(said)).toMatchObject({ StringEquals: { 'git.example.com:aud': 'https://git.example.com' } });
    expect(propertiesOf(templateOf(said), 'AWS::IAM::OIDCProvider')).toEqual([{ Url: 'https://git.example.com', ClientIdList: ['https://git.example.com'] }]);
  });
});

describe('the identity provider', () => {
  test('is the account\'s, without thumbprints, and stays when the stack is destroyed', () => {
    const template = templateOf(everything);
    expect(Object.values(template.findResources('AWS::IAM::OIDCProvider'))).toEqual([expect.objectContaining({
      Properties: { Url: `https://${host}`, ClientIdList: ['sts.amazonaws.com'] }, DeletionPolicy: 'RetainExceptOnCreate', UpdateReplacePolicy: 'Retain',
    })]);
  });

  test.each([
    [{ region: 'us-west-2' }, `arn:aws:iam::123456789012:oidc-provider/${host}`],
    [{ region: 'cn-north-1' }, `arn:aws-cn:iam::123456789012:oidc-provider/${host}`],
  ])('is imported where the account has it, in %j', (env, arn) => {
    const template = templateOf({ ...everything, oidcProvider: 'import' }, { account: '123456789012', ...env });
    expect(propertiesOf(template, 'AWS::IAM::OIDCProvider')).toEqual([]);
    const trusting = expect.objectContaining({ AssumeRolePolicyDocument: expect.objectContaining({ Statement: [expect.objectContaining({ Principal: { Federated: arn } })] }) as unknown }) as unknown;
    expect(propertiesOf(template, 'AWS::IAM::Role')).toEqual([trusting, trusting]);
  });
});

describe('what is missing or wrong is a usage error with an example', () => {
  test.each<[Said, RegExp]>([
    [{ repository: 'octo/notes' }, /-c environment \(preferred\) or -c branch/],
    [{ repository: 'octo', environment: 'p' }, /-c repository must be OWNER\/NAME/],
    [{ repository: 'octo/*', environment: 'p' }, /-c repository must be/],
    [{ repository: 'oct*/notes', environment: 'p' }, /-c repository must be/],
    [{ repository: 'octo/notes', environment: '*' }, /-c environment must be/],
    [{ repository: 'octo/notes', branch: 'main*' }, /-c branch must be/],
    [{ repository: 'octo/notes', branch: '*' }, /-c branch must be/],
    [{ repository: 'octo/notes', environment: 'p', branch: 'release/*' }, /STS compares ref as a whole/],
    [{ repository: 'octo/notes', environment: 'p', ownerId: '1' }, /only say something together/],
    [{ repository: 'octo/notes', environment: 'p', ownerId: 'octo', repositoryId: '2' }, /-c ownerId must be a number/],
    [{ repository: 'octo/notes', environment: 'p', smokeTest: 'yes' }, /-c smokeTest must be true or false/],
    [{ repository: 'octo/notes', environment: 'p', smokeTest: 'true', apiId: '*' }, /-c apiId must be/],
    [{ repository: 'octo/notes', environment: 'p', oidcProvider: 'make' }, /-c oidcProvider must be "import"/],
    [{ repository: 'octo/notes', environment: 'p', issuer: 'http://issuer.example' }, /-c issuer must be/],
    [{ repository: 'octo/notes', environment: 'p', issuer: 'http://127.0.0.1:4567' }, /needs -c oidcProvider=import/],
    [{ repository: 'octo/notes', environment: 'p', project: 'a/b' }, /one role at a time/],
    [{ project: 'a/b' }, /-c branch must say/],
    [{ project: 'a', branch: 'main' }, /-c project must be GROUP\/NAME/],
    [{ project: 'a/*', branch: 'main' }, /-c project must be/],
    [{ project: 'a/b', branch: 'main', environment: 'p' }, /cannot be told from the token/],
    [{ project: 'a/b', branch: 'main', pullRequests: 'true' }, /-c pullRequests is for GitHub/],
    [{ project: 'a/b', branch: 'main', projectId: '1', gitlabUrl: 'https://git.example.com' }, /only works with gitlab\.com/],
  ])('%j', (said, words) => {
    const failure = ((): unknown => { try { withApp(said, () => null); return null; } catch (error) { return error; } })();
    expect(failure).toBeInstanceOf(UsageError);
    expect(failure).toMatchObject({ message: expect.stringMatching(words) as unknown, example: expect.stringMatching(/^npm run deploy -- Git(?:Hub|Lab)DeployRole -c (?:repository=owner\/name -c environment=production|project=group\/name -c branch=main)/) as unknown });
  });
});

describe('a person\'s own change of the stack', () => {
  test.each<[string, (role: CfnRole) => void, RegExp]>([
    ['that loses the audience', (role) => { role.addPropertyDeletionOverride(`AssumeRolePolicyDocument.Statement.0.Condition.StringEquals.${host.replaceAll('.', String.raw`\.`)}:aud`); }, /aud must be compared/],
    ['that trusts everybody', (role) => { role.assumeRolePolicyDocument = { Statement: [{ Effect: 'Allow', Principal: '*', Action: 'sts:AssumeRoleWithWebIdentity' }] }; }, /must be one identity provider/],
  ])('%s fails the synthesis', (_what, change, words) => {
    withApp({ repository: 'octo/notes', environment: 'p' }, ({ app, stack }) => {
      const role = stack?.node.findAll().find((node): node is CfnRole => node instanceof CfnRole);
      if (role === undefined) throw new Error('there is no role');
      change(role);
      expect(() => app.synth()).toThrow(words);
    });
  });

  test('and another role beside it is judged as well', () => {
    withApp({ repository: 'octo/notes', environment: 'p' }, ({ app, stack }) => {
      if (stack === null) throw new Error('there is no stack');
      expect(new Role(stack, 'Other', { assumedBy: new ServicePrincipal('lambda.amazonaws.com') })).toBeDefined();
      expect(() => app.synth()).toThrow(/must be one identity provider.*GitHubDeployRole\/Other/s);
    });
  });

  test('none: nothing is found, however the provider is named', () => {
    for (const more of [{}, { oidcProvider: 'import' }]) {
      withApp({ ...everything, ...more }, ({ app }) => { expect(app.synth().stacks).toHaveLength(1); });
    }
  });
});

function synthesizeWithNag({ app, outdir }: DeployRoleApp): unknown {
  Validations.of(app).addPlugins(new AwsSolutionsChecks(app));
  app.synth();
  return JSON.parse(readFileSync(join(outdir, 'validation-report.json'), 'utf8'));
}

describe('cdk-nag, AwsSolutions', () => {
  test.each<[string, Said, object]>([
    ['GitHub', everything, {}],
    ['GitHub, in a known account', everything, ofAws],
    ['GitLab', { project: 'a/b', branch: 'main', smokeTest: 'true', apiId: 'a1b2c3' }, {}],
  ])('finds nothing in the role of %s but what is said to be meant', (_what, said, env) => {
    expect(withApp(said, synthesizeWithNag, env)).toMatchObject({ pluginReports: [] });
  });

  test('would find what a person adds', () => {
    withApp(everything, (made) => {
      const role = made.stack?.node.findAll().find((node): node is Role => node instanceof Role);
      role?.addToPolicy(new PolicyStatement({ actions: ['s3:*'], resources: ['*'] }));
      expect(() => synthesizeWithNag(made)).toThrow(/AwsSolutions-IAM5\[Action::s3:\*\]/);
    });
  });
});

describe('the name of the stack', () => {
  test('carries the environment', () => {
    expect(withApp(everything, ({ stack }) => stack?.stackName)).toBe('GitHubDeployRole-octo--notes--production--from--main');
    expect(withApp({ repository: 'octo/notes', environment: 'production' }, ({ stack }) => stack?.stackName)).toBe('GitHubDeployRole-octo--notes--production');
  });

  test('is one that CloudFormation takes, and another for other parts', () => {
    const part = string({ minLength: 1, maxLength: 60, unit: constantFrom('a', 'B', '7', '-', '_', '.', '/', ' ', 'é') });
    assert(property(tuple(part, part, part), tuple(part, part, part), (one, other) => {
      const [first, second] = [one, other].map((parts) => stackNameFor('GitHubDeployRole', parts));
      expect(first).toMatch(/^[A-Za-z][A-Za-z0-9-]{0,127}$/);
      expect(first === second).toBe(JSON.stringify(one) === JSON.stringify(other));
    }));
  });
});
