import { roleCommand, trustStatement } from '../../../scripts/credentials/refusals/web-identity-advice';
import { compareClaims } from '../../../scripts/credentials/web-identity/claims-beside-trust';
import { claimsOf, type TokenClaims } from '../../../scripts/credentials/web-identity/token-claims';
import { githubClaims, gitlabClaims, type Claims } from '../../oidc/claims';

/** What a token of these claims says. */
function said(claims: Claims): TokenClaims {
  const read = claimsOf(`e30.${Buffer.from(JSON.stringify(claims)).toString('base64url')}.c2ln`);
  if (read === null) throw new Error('no token');
  return read;
}

interface Statement {
  readonly Principal: { readonly Federated: string };
  readonly Condition: Readonly<Record<'StringEquals' | 'StringLike', Readonly<Record<string, string>> | undefined>>;
}

function statementFor(claims: Claims): Statement {
  return JSON.parse(trustStatement({ roleArn: 'arn:aws:iam::123456789012:role/deploy', claims: said(claims) })) as Statement;
}

function subjectOf(conditions: Readonly<Record<string, string>>): string | undefined {
  return Object.entries(conditions).find(([key]) => key.endsWith(':sub'))?.[1];
}

/** Whether a role with that statement would let a token with `sub` in. */
function letsIn({ Condition: { StringEquals: equal = {}, StringLike: like = {} } }: Statement, sub: string): boolean {
  const pattern = subjectOf(like);
  const compared = compareClaims(said({ sub }), { stack: 'Role', output: null, claims: new Map([['sub', [{ text: pattern ?? subjectOf(equal) ?? '', isPattern: pattern !== undefined }]]]) });
  return compared.every(({ differs }) => !differs);
}

const uuid = (digit: string): string => `${digit.repeat(8)}-${digit.repeat(4)}-4${digit.repeat(3)}-8${digit.repeat(3)}-${digit.repeat(12)}`;
const circle = (user: string, ref: string): string => `org/${uuid('1')}/project/${uuid('2')}/user/${user}/vcs-origin/github.com/octo/notes/vcs-ref/refs/heads/${ref}`;
const buildkite = (ref: string, commit: string): string => `organization:octo:pipeline:notes:ref:refs/heads/${ref}:commit:${commit}:step:deploy`;

test.each<[string, string, string, string]>([
  ['CircleCI, started by another', circle(uuid('3'), 'main'), circle(uuid('4'), 'main'), circle(uuid('3'), 'fix')],
  ['Buildkite, of another commit', buildkite('main', 'a'.repeat(40)), buildkite('main', 'b'.repeat(40)), buildkite('fix', 'a'.repeat(40))],
  ['Bitbucket, in another step', `{${uuid('5')}}:{${uuid('6')}}:{${uuid('7')}}`, `{${uuid('5')}}:{${uuid('6')}}:{${uuid('8')}}`, `{${uuid('5')}}:{${uuid('9')}}:{${uuid('7')}}`],
])('the statement for a job of %s lets its next run in, and no other job', (_what, sub, next, other) => {
  const statement = statementFor({ iss: 'https://issuer.example/x', aud: 'them', sub });
  expect(statement.Condition.StringEquals).toEqual({ 'issuer.example/x:aud': 'them' });
  expect([sub, next, other].map((one) => letsIn(statement, one))).toEqual([true, true, false]);
});

test.each([githubClaims(), githubClaims({ immutableSub: true, environment: null }), gitlabClaims(), { iss: 'https://issuer.example', aud: 'them', sub: 'anything:else' }])('where sub is the same in each run it is compared as it is', (claims) => {
  const { Condition } = statementFor({ iss: 'https://issuer.example', ...claims });
  expect(Condition).toEqual({ StringEquals: { 'issuer.example:aud': claims['aud'], 'issuer.example:sub': claims['sub'] } });
});

test('a token that says nothing leaves what is to be filled in', () => {
  expect(statementFor({})).toMatchObject({ Principal: { Federated: 'arn:aws:iam::123456789012:oidc-provider/ISSUER' }, Condition: { StringEquals: { 'ISSUER:aud': 'AUD', 'ISSUER:sub': 'SUB' } } });
});

test.each<[Claims, string]>([
  [{ ...githubClaims(), iss: 'https://token.actions.githubusercontent.com' }, '-c repository=octo/notes -c environment=production'],
  [{ ...githubClaims(), iss: 'https://token.actions.octo.ghe.com' }, '-c repository=octo/notes -c environment=production -c issuer=https://token.actions.octo.ghe.com'],
  [{ ...gitlabClaims(), iss: 'https://gitlab.com' }, '-c project=octo/notes -c branch=main'],
  [{ ...gitlabClaims(), iss: 'https://gitlab.example.com' }, '-c project=octo/notes -c branch=main -c gitlabUrl=https://gitlab.example.com'],
])('the command that makes a role names an issuer that is not the usual one', (claims, context) => {
  expect(roleCommand(said(claims), 'not there')).toMatch(new RegExp(`^npm run deploy -- Git(?:Hub|Lab)DeployRole ${context.replaceAll('.', '\\.')}$`));
});
