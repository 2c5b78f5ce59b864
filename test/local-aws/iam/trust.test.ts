import { createRole, roles } from '../../../scripts/local-aws/iam/roles';
import { evaluateTrust } from '../../../scripts/local-aws/iam/trust';
import type { JsonObject } from '../../../scripts/local-aws/resource';
import { account, memoryAws } from '../memory-aws';

const local = memoryAws();
const issuer = 'token.actions.githubusercontent.com';
const provider = `arn:aws:iam::${account}:oidc-provider/${issuer}`;
const oldSub = 'repo:octo/notes:environment:production';
const newSub = 'repo:octo@1/notes@2:environment:production';
const token = { aud: 'sts.amazonaws.com', sub: newSub, repository_id: '2', ref: 'refs/heads/main' };

/** What a role with these conditions says of a token with these claims. */
function decision(condition: JsonObject, claims: Readonly<Record<string, string>> = token, arn: string = provider): string {
  roles(local).clear();
  const role = createRole(local, 'deploy', '/', {
    Version: '2012-10-17',
    Statement: [{ Effect: 'Allow', Principal: { Federated: provider }, Action: 'sts:AssumeRoleWithWebIdentity', Condition: condition }],
  });
  const context = Object.fromEntries(Object.entries(claims).map(([claim, value]) => [`${issuer}:${claim}`, value]));
  return evaluateTrust(local, role.arn, { action: 'sts:AssumeRoleWithWebIdentity', principal: { kind: 'Federated', arn }, context }).decision;
}

const exact = {
  StringEquals: { [`${issuer}:aud`]: 'sts.amazonaws.com', [`${issuer}:sub`]: [oldSub, newSub], [`${issuer}:repository_id`]: '2', [`${issuer}:ref`]: 'refs/heads/main' },
};

describe('the trust in a web identity', () => {
  test.each<[string, JsonObject, Readonly<Record<string, string>>, string]>([
    ['a token of the new form', exact, token, 'allow'],
    ['a token of the old form', exact, { ...token, sub: oldSub }, 'allow'],
    ['another environment', exact, { ...token, sub: 'repo:octo/notes:environment:test' }, 'implicit-deny'],
    ['another audience', exact, { ...token, aud: 'https://github.com/octo' }, 'implicit-deny'],
    ['a repository made anew under the name', exact, { ...token, repository_id: '3' }, 'implicit-deny'],
    ['a token without the claim', exact, { aud: token.aud, sub: token.sub }, 'implicit-deny'],
    ['a star at the end of the owner, which lets others in', { StringLike: { [`${issuer}:sub`]: 'repo:octo*' } }, { ...token, sub: 'repo:octopus/evil:ref:refs/heads/main' }, 'allow'],
    ['ForAllValues, which a token without the claim fulfils', { 'ForAllValues:StringEquals': { [`${issuer}:environment`]: 'production' } }, token, 'allow'],
    ['ForAnyValue, which it does not', { 'ForAnyValue:StringEquals': { [`${issuer}:environment`]: 'production' } }, token, 'implicit-deny'],
  ])('%s', (_case, condition, claims, expected) => {
    expect(decision(condition, claims)).toBe(expected);
  });

  test('another provider is not trusted', () => {
    expect(decision(exact, token, `arn:aws:iam::${account}:oidc-provider/gitlab.com`)).toBe('implicit-deny');
  });

  test.each(['run_id', 'head_ref', 'Repository_Name'])('the claim %s, which STS does not read, is an error', (claim) => {
    expect(() => decision({ StringNotEquals: { [`${issuer}:${claim}`]: 'x' } })).toThrow(`does not model the condition key ${issuer}:${claim}`);
  });

  test('whoever has no role is trusted by none', () => {
    expect(evaluateTrust(local, `arn:aws:iam::${account}:role/gone`, { action: 'sts:AssumeRole', principal: { kind: 'AWS', account, arns: [] }, context: {} })).toEqual({ decision: 'implicit-deny', namesPrincipal: false });
  });
});
