import { AssumeRoleCommand, GetCallerIdentityCommand } from '@aws-sdk/client-sts';
import { createOidcProvider } from '../../../scripts/local-aws/iam/oidc-providers';
import { putRolePolicy } from '../../../scripts/local-aws/iam/role-policies';
import { createRole } from '../../../scripts/local-aws/iam/roles';
import type { JsonObject } from '../../../scripts/local-aws/resource';
import { githubClaims, gitlabClaims, type Claims } from '../../oidc/claims';
import { discoveryPath, keysPath, startIssuer, type Issuer, type Signing } from '../../oidc/issuer';
import { account } from '../memory-aws';
import { githubToken, openFederatedAws, refusal, type FederatedAws } from './federated-aws';

let aws: FederatedAws;
let issuer: Issuer;
/** Trusts exactly the job of {@link githubClaims}, by both forms of its subject. */
let exact: JsonObject;
const environment = { ...process.env };

beforeAll(async () => {
  Object.assign(process.env, { AWS_CONFIG_FILE: '/dev/null', AWS_SHARED_CREDENTIALS_FILE: '/dev/null', AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true' });
  aws = await openFederatedAws();
  issuer = aws.issuer;
  exact = {
    StringEquals: {
      [`${issuer.name}:aud`]: 'sts.amazonaws.com',
      [`${issuer.name}:sub`]: ['repo:octo/notes:environment:production', 'repo:octo@1234/notes@567890:environment:production'],
      [`${issuer.name}:repository_id`]: '567890',
    },
  };
});
afterAll(async () => {
  await aws[Symbol.asyncDispose]();
  process.env = environment;
});
beforeEach(() => void aws.reset(exact));

const denied = 'AccessDenied: Not authorized to perform sts:AssumeRoleWithWebIdentity';
const noKey = "InvalidIdentityTokenException: Couldn't retrieve verification key from your identity provider,  please reference AssumeRoleWithWebIdentity documentation for requirements";
const noJwt = 'InvalidIdentityTokenException: The ID Token provided is not a valid JWT. (You may see this error if you sent an Access Token)';
const badSignature = 'InvalidIdentityTokenException: The signature of the ID Token provided is not valid.';
/** Of a text, a pattern that only the whole text matches. */
const whole = (said: string | RegExp): RegExp => (typeof said === 'string' ? new RegExp(`^${said.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&')}$`) : said);
const now = (): number => Math.floor(Date.now() / 1000);
const unreachable = (): string => `IDPCommunicationErrorException: The identity provider ${issuer.url} could not be reached to verify the identity token.`;
/** The discovery document, changed so. */
const found = (document: Claims) => [discoveryPath, 200, { issuer: issuer.url, jwks_uri: `${issuer.url}${keysPath}`, ...document }] as const;
const key = (claim: string): string => `${issuer.name}:${claim}`;

/** What a role with that statement says of the exact token. */
async function judged(condition: JsonObject, more: JsonObject = {}): Promise<string> {
  aws.reset(condition, more);
  return refusal(aws.assume(githubToken(issuer)));
}

describe('AssumeRoleWithWebIdentity', () => {
  test.each([
    ['the old form of sub', {}],
    ['the new form of sub', { sub: githubClaims({ immutableSub: true })['sub'] }],
    ['several audiences', { aud: ['elsewhere', 'sts.amazonaws.com'] }],
    ['an authorized party', { aud: 'elsewhere', azp: 'sts.amazonaws.com' }],
  ])('takes a token of GitHub with %s', async (_case, claims) => {
    expect(await refusal(aws.assume(githubToken(issuer, claims)))).toBe('allowed');
  });

  test('answers as the SDK reads it, and its credentials work for what the role may', async () => {
    const role = aws.reset(exact);
    putRolePolicy(role, 'bootstrap', { Version: '2012-10-17', Statement: { Effect: 'Allow', Action: 'sts:AssumeRole', Resource: '*', Condition: { StringEquals: { 'iam:ResourceTag/aws-cdk:bootstrap-role': ['deploy', 'lookup'] }, ArnEquals: { 'aws:FederatedProvider': `arn:aws:iam::${account}:oidc-provider/${issuer.name}` } } } });
    const trust = { Version: '2012-10-17', Statement: { Effect: 'Allow', Principal: { AWS: account }, Action: 'sts:AssumeRole' } };
    createRole(aws.local, 'cdk-deploy', '/', trust).tags = { 'aws-cdk:bootstrap-role': 'deploy' };
    createRole(aws.local, 'cdk-image', '/', trust).tags = { 'aws-cdk:bootstrap-role': 'image-publishing' };
    const before = Date.now();
    const { $metadata: _, Credentials, ...said } = await aws.assume(githubToken(issuer));
    expect(said).toEqual({
      AssumedRoleUser: { Arn: `arn:aws:sts::${account}:assumed-role/deploy/run-1`, AssumedRoleId: `${role.id}:run-1` },
      Audience: 'sts.amazonaws.com',
      Provider: `arn:aws:iam::${account}:oidc-provider/${issuer.name}`,
      SubjectFromWebIdentityToken: 'repo:octo/notes:environment:production',
    });
    expect(Math.abs((Credentials?.Expiration?.getTime() ?? 0) - before - 3_600_000)).toBeLessThan(5000);
    const client = aws.as(Credentials);
    expect(await client.send(new GetCallerIdentityCommand())).toMatchObject({ Account: account, Arn: said.AssumedRoleUser?.Arn });
    const chained = (name: string, seconds = 3600) => client.send(new AssumeRoleCommand({ RoleArn: `arn:aws:iam::${account}:role/${name}`, RoleSessionName: 'cdk', DurationSeconds: seconds }));
    expect(await refusal(chained('cdk-deploy'))).toBe('allowed');
    expect(await refusal(chained('cdk-image'))).toContain('because no identity-based policy allows the sts:AssumeRole action');
  });

  test('takes a token that is signed with ECDSA', async () => {
    expect(await refusal(aws.assume(githubToken(issuer, {}, { algorithm: 'ES256' })))).toBe('allowed');
  });

  test('takes a token of GitLab, by what STS reads of it', async () => {
    aws.reset({ StringEquals: { [`${issuer.name}:aud`]: 'sts.amazonaws.com', [`${issuer.name}:sub`]: 'project_path:octo/notes:ref_type:branch:ref:main', [`${issuer.name}:project_id`]: '20', [`${issuer.name}:ref_protected`]: 'true' } });
    expect(await refusal(aws.assume(issuer.token(gitlabClaims())))).toBe('allowed');
    expect(await refusal(aws.assume(issuer.token(gitlabClaims({ projectId: '21' }))))).toBe(denied);
    expect(await refusal(aws.assume(issuer.token(gitlabClaims({ ref: 'other' }))))).toBe(denied);
  });

  test('lasts as long as the role lets it', async () => {
    aws.reset(exact).maxSessionDuration = 7200;
    const { Credentials } = await aws.assume(githubToken(issuer), { DurationSeconds: 7200 });
    expect(Math.abs((Credentials?.Expiration?.getTime() ?? 0) - Date.now() - 7_200_000)).toBeLessThan(5000);
    expect(await refusal(aws.assume(githubToken(issuer), { DurationSeconds: 7201 }))).toBe('ValidationError: The requested DurationSeconds exceeds the MaxSessionDuration set for this role.');
  });

  test('a session policy narrows, and its size is said', async () => {
    putRolePolicy(aws.reset(exact), 'all', { Version: '2012-10-17', Statement: { Effect: 'Allow', Action: '*', Resource: '*' } });
    const { Credentials, PackedPolicySize } = await aws.assume(githubToken(issuer), { Policy: JSON.stringify({ Version: '2012-10-17', Statement: { Effect: 'Allow', Action: 's3:*', Resource: '*' } }) });
    expect(PackedPolicySize).toBeGreaterThan(0);
    const other = aws.as(Credentials).send(new AssumeRoleCommand({ RoleArn: `arn:aws:iam::${account}:role/deploy`, RoleSessionName: 'again' }));
    expect(await refusal(other)).toContain('is not authorized to perform: sts:AssumeRole');
  });

  test('follows the issuer when it changes its keys', async () => {
    const old = githubToken(issuer);
    issuer.rotateKeys();
    expect(await refusal(aws.assume(old))).toBe(noKey);
    expect(await refusal(aws.assume(githubToken(issuer)))).toBe('allowed');
  });

  test('is logged by its name, and its token nowhere', async () => {
    const token = githubToken(issuer);
    await aws.assume(token);
    expect(aws.events.at(-1)?.text).toMatch(/^sts AssumeRoleWithWebIdentity 200 \d+ ms$/);
    expect(await refusal(aws.assume(`${token}.x`))).not.toContain(token);
    expect(await refusal(aws.assume(token.repeat(40)))).toBe("ValidationError: 1 validation error detected: Value at 'webIdentityToken' failed to satisfy constraint: Member must have length less than or equal to 20000");
    expect(JSON.stringify(aws.events)).not.toContain(token);
  });

  test('is the only action that needs no signature', async () => {
    for (const action of ['AssumeRole', 'GetCallerIdentity', 'AssumeRoleWithSAML', 'CreateStack', '']) {
      const response = await fetch(aws.origin, { method: 'POST', headers: { 'content-type': 'application/x-www-form-urlencoded', connection: 'close' }, body: `Action=${action}&Version=2011-06-15` });
      expect([action, response.status, /<Code>(\w+)</.exec(await response.text())?.[1]]).toEqual([action, 403, 'MissingAuthenticationToken']);
    }
  });
});

/** The claims of GitHub's token for AWS, changed so; how it is signed; what STS says. */
type Wrong = readonly [title: string, claims: Claims, signing: Signing, said: string | RegExp];

describe('a wrong token', () => {
  test.each<Wrong>([
    ['signed by somebody else', {}, { stranger: true }, badSignature],
    ['signed by somebody else with ECDSA', {}, { stranger: true, algorithm: 'ES256' }, badSignature],
    ['under the id of no key', {}, { header: { kid: 'gone' } }, noKey],
    ['that says that it is not signed', {}, { header: { alg: 'none' } }, noJwt],
    ['that says that its key is a shared secret', {}, { header: { alg: 'HS256' } }, noJwt],
    ['that names another algorithm than its key', {}, { header: { alg: 'RS384' } }, noKey],
    ['that names an algorithm of another kind of key', {}, { header: { alg: 'ES256' } }, noKey],
    ['with a critical header that nobody knows', {}, { header: { crit: ['b64'], b64: false } }, noJwt],
    ['of an issuer that the account does not know', { iss: 'https://token.actions.githubusercontent.com' }, {}, 'InvalidIdentityTokenException: No OpenIDConnect provider found in your account for https://token.actions.githubusercontent.com'],
    ['of the issuer by another scheme', { iss: 'https://127.0.0.1:1' }, {}, /^InvalidIdentityTokenException: No OpenIDConnect provider found/],
    ['without an issuer', { iss: undefined }, {}, 'InvalidIdentityTokenException: Missing a required claim: iss'],
    ['for nobody', { aud: undefined }, {}, 'InvalidIdentityTokenException: Missing a required claim: aud'],
    ['for its owner', { aud: 'https://github.com/octo' }, {}, 'InvalidIdentityTokenException: Incorrect token audience'],
    ['whose authorized party is another', { azp: 'elsewhere' }, {}, 'InvalidIdentityTokenException: Incorrect token audience'],
    ['without a subject', { sub: undefined }, {}, 'InvalidIdentityTokenException: Missing a required claim: sub'],
    ['without an end', { exp: undefined }, {}, 'InvalidIdentityTokenException: Missing a required claim: exp'],
    ['without a beginning', { iat: undefined }, {}, 'InvalidIdentityTokenException: Missing a required claim: iat'],
    ['whose end is no number', { exp: 'tomorrow' }, {}, noJwt],
    ['that has expired', { exp: now() - 301 }, {}, /^ExpiredTokenException: Token expired: current date\/time \d+ must be before the expiration date\/time \d+$/],
    ['that was made two days ago', { iat: now() - 2 * 86_400, exp: now() + 300 }, {}, /^ExpiredTokenException: Token too old: 1728\d\d$/],
    ['that is not yet valid', { nbf: now() + 400 }, {}, /^InvalidIdentityTokenException: Token not yet valid: /],
    ['that is made tomorrow', { iat: now() + 86_400, exp: now() + 90_000 }, {}, /^InvalidIdentityTokenException: Token not yet valid: /],
    ['of another repository', { sub: 'repo:octo/other:environment:production' }, {}, denied],
    ['of another environment', { sub: 'repo:octo/notes:environment:test' }, {}, denied],
    ['of a pull request', { sub: githubClaims({ environment: null, event: 'pull_request' })['sub'] }, {}, denied],
    ['of a branch, where an environment is trusted', { sub: githubClaims({ environment: null })['sub'] }, {}, denied],
    ['of an owner whose name begins so', { sub: 'repo:octopus/notes:environment:production' }, {}, denied],
    ['of a repository made anew under the name', { repository_id: '567891' }, {}, denied],
    ['with a subject in another case', { sub: 'repo:Octo/notes:environment:production' }, {}, denied],
    ['that wants session tags', { 'https://aws.amazon.com/tags': { principal_tags: { a: ['b'] } } }, {}, /^UnsupportedOperation: The local AWS does not model the claim https:\/\/aws\.amazon\.com\/tags/],
  ])('%s is refused', async (_title, claims, signing, said) => {
    const answered = await refusal(aws.assume(githubToken(issuer, claims, signing)));
    expect(answered).toMatch(whole(said));
  });

  test.each([
    ['is no token', 'an-access-token'],
    ['has two parts', 'e30.e30'],
    ['has four', 'e30.e30.e30.e30'],
    ['is no JSON', 'YWJj.YWJj.YWJj'],
    ['is a list', 'W10.W10.YWJj'],
    ['is not base64url', 'e30=.e30=.e30='],
  ])('what %s is refused', async (_title, token) => {
    expect(await refusal(aws.assume(token))).toBe(noJwt);
  });

  test('whose claims somebody changed is refused', async () => {
    const [header = '', claims = '', signature = ''] = githubToken(issuer, { sub: 'repo:octo/other:environment:production' }).split('.');
    const changed = Buffer.from(Buffer.from(claims, 'base64url').toString().replace('octo/other', 'octo/notes')).toString('base64url');
    expect(await refusal(aws.assume(`${header}.${changed}.${signature}`))).toBe(badSignature);
  });

  test('in the leeway of clocks is taken', async () => {
    expect(await refusal(aws.assume(githubToken(issuer, { exp: now() - 200 })))).toBe('allowed');
    expect(await refusal(aws.assume(githubToken(issuer, { nbf: now() + 200 })))).toBe('allowed');
  });
});

describe('a wrong request', () => {
  test.each([
    ['a role that does not exist', { RoleArn: `arn:aws:iam::${account}:role/none` }, denied],
    ['a role of another account', { RoleArn: 'arn:aws:iam::444455556666:role/deploy' }, /^InvalidIdentityTokenException: No OpenIDConnect provider found in your account for http:/],
    ['what is no role', { RoleArn: `arn:aws:iam::${account}:user/deploy` }, 'ValidationError: Request ARN is invalid'],
    ['a session name with a space', { RoleSessionName: 'a b' }, /^ValidationError: 1 validation error detected: Value 'a b' at 'roleSessionName'/],
    ['a quarter of an hour less a second', { DurationSeconds: 899 }, /^ValidationError: .*greater than or equal to 900/],
    ['more than the role gives', { DurationSeconds: 3601 }, /exceeds the MaxSessionDuration set for this role/],
    ['a policy that is none', { Policy: '{' }, 'MalformedPolicyDocumentException: This policy contains invalid Json'],
    ['a token that is too short', { WebIdentityToken: 'abc' }, /Member must have length greater than or equal to 4$/],
    ['an access token of a provider', { ProviderId: 'www.amazon.com' }, /^UnsupportedOperation: The local AWS does not model ProviderId/],
  ])('for %s is refused', async (_title, input, said) => {
    const answered = await refusal(aws.assume(githubToken(issuer), input));
    expect(answered).toMatch(whole(said));
  });
});

describe('an issuer', () => {
  test.each<[string, () => Parameters<Issuer['answer']>, string | (() => string)]>([
    ['that answers as it should', () => [...found({})], 'allowed'],
    ['whose name ends with a slash there', () => [...found({ issuer: `${issuer.url}/` })], 'allowed'],
    ['without a discovery document', () => [discoveryPath, 404, {}], noKey],
    ['whose discovery document is a page', () => [discoveryPath, 200, '<html>'], noKey],
    ['that says that it is another', () => [...found({ issuer: 'https://token.actions.githubusercontent.com' })], noKey],
    ['that names no keys', () => [...found({ jwks_uri: undefined })], noKey],
    ['whose keys come from elsewhere without TLS', () => [...found({ jwks_uri: 'http://169.254.169.254/keys' })], noKey],
    ['whose keys are a file', () => [...found({ jwks_uri: 'file:///etc/passwd' })], noKey],
    ['whose keys are gone', () => [keysPath, 200, { keys: [] }], noKey],
    ['whose keys are none', () => [keysPath, 200, { keys: [null, 'x', { kty: 'RSA' }] }], noKey],
    ['whose keys are no list', () => [keysPath, 200, {}], noKey],
    ['that leads on', () => [keysPath, 302, {}], noKey],
    ['that fails', () => [keysPath, 503, {}], unreachable],
    ['that fails at once', () => [discoveryPath, 500, {}], unreachable],
  ])('%s', async (_title, answer, said) => {
    const end = issuer.answer(...answer());
    expect(await refusal(aws.assume(githubToken(issuer)))).toBe(typeof said === 'string' ? said : said());
    end();
  });

  test('that is gone was not reached', async () => {
    const gone = await startIssuer();
    createOidcProvider(aws.local, gone.url);
    const token = githubToken(gone);
    await gone[Symbol.asyncDispose]();
    expect(await refusal(aws.assume(token))).toBe(unreachable().replace(issuer.url, gone.url));
  });
});

describe('a wrong trust policy', () => {
  test.each<[string, () => JsonObject, string]>([
    ['StringLike', () => ({ StringLike: { [key('sub')]: 'repo:octo/*:environment:production' } }), 'allowed'],
    ['StringLike of another owner', () => ({ StringLike: { [key('sub')]: 'repo:other/*' } }), denied],
    ['StringEquals, in which a star is a star', () => ({ StringEquals: { [key('sub')]: 'repo:octo/*' } }), denied],
    ['ForAnyValue', () => ({ 'ForAnyValue:StringEquals': { [key('sub')]: ['x', 'repo:octo/notes:environment:production'] } }), 'allowed'],
    ['ForAnyValue of a claim that is not there', () => ({ 'ForAnyValue:StringEquals': { [key('user_login')]: 'mona' } }), denied],
    ['ForAllValues of a claim that is not there, which holds', () => ({ 'ForAllValues:StringEquals': { [key('user_login')]: 'mona' } }), 'allowed'],
    ['a claim that is not there', () => ({ StringEquals: { [key('user_login')]: 'mona' } }), denied],
    ['another audience', () => ({ StringEquals: { [key('aud')]: 'https://github.com/octo' } }), denied],
    ['the keys of the real issuer', () => ({ StringEquals: { 'token.actions.githubusercontent.com:aud': 'sts.amazonaws.com' } }), denied],
    ['the workflow that is called', () => ({ StringLike: { [key('job_workflow_ref')]: 'octo/notes/.github/workflows/*@refs/heads/main' } }), 'allowed'],
    ['another branch', () => ({ StringEquals: { [key('ref')]: 'refs/heads/other' } }), denied],
    ['the session name', () => ({ StringLike: { 'sts:RoleSessionName': 'run-*' } }), 'allowed'],
    ['another session name', () => ({ StringLike: { 'sts:RoleSessionName': 'deploy-*' } }), denied],
  ])('by %s', async (_title, condition, said) => {
    expect(await judged(condition())).toBe(said);
  });

  test.each<[string, () => [JsonObject, JsonObject?], RegExp]>([
    ['a claim that STS does not read', () => [{ StringEquals: { [key('run_id')]: '1' } }], /^UnsupportedOperation: The local AWS does not model the condition key 127\.0\.0\.1:\d+:run_id/],
    ['a key that nobody knows', () => [{ StringEquals: { 'sts:Nonsense': '1' } }], /^UnsupportedOperation: .*sts:Nonsense/],
    ['another provider', () => [exact, { Principal: { Federated: `arn:aws:iam::${account}:oidc-provider/gitlab.com` } }], /^AccessDenied: Not authorized/],
    ['a provider of another account', () => [exact, { Principal: { Federated: `arn:aws:iam::444455556666:oidc-provider/${issuer.name}` } }], /^AccessDenied: Not authorized/],
    ['the account', () => [exact, { Principal: { AWS: account } }], /^AccessDenied: Not authorized/],
    ['sts:AssumeRole alone', () => [exact, { Action: 'sts:AssumeRole' }], /^AccessDenied: Not authorized/],
    ['a statement that denies', () => [exact, { Effect: 'Deny' }], /^AccessDenied: Not authorized/],
  ])('with %s lets nobody in', async (_title, statement, said) => {
    expect(await judged(...statement())).toMatch(said);
  });

  test.each(['*', 'arn:aws:iam:::oidc-provider/gitlab.com', 'token', 'https://gitlab.com'])('that trusts %s is not taken as a policy', (Federated) => {
    expect(() => aws.reset(exact, { Principal: { Federated } })).toThrow('Federated principals must be valid domain names or SAML metadata ARNs');
  });

  test('with an operator that nobody knows is not taken as a policy', () => {
    expect(() => aws.reset({ StringMatches: { [key('sub')]: 'repo:octo/.*' } })).toThrow('does not model the condition operator StringMatches');
  });
});
