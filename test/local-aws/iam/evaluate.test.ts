import { evaluate, type PolicyRequest } from '../../../scripts/local-aws/iam/evaluate';
import type { Json, JsonObject } from '../../../scripts/local-aws/resource';

const bucket = 'arn:aws:s3:::notes';

function policy(...statements: JsonObject[]): JsonObject {
  return { Version: '2012-10-17', Statement: statements.map((statement) => ({ Effect: 'Allow', Action: '*', Resource: '*', ...statement })) };
}

function without(statement: JsonObject, ...elements: string[]): JsonObject {
  return Object.fromEntries(Object.entries({ Effect: 'Allow', Action: '*', Resource: '*', ...statement }).filter(([name]) => !elements.includes(name)));
}

function request(change: Partial<PolicyRequest> = {}): PolicyRequest {
  return { action: 's3:GetObject', resource: `${bucket}/a.txt`, context: {}, ...change };
}

function named(principal: Json): JsonObject {
  return { Statement: without({ Principal: principal }, 'Resource') };
}

/** Whether a condition holds for a request with these keys. */
function holds(condition: Json, context: PolicyRequest['context']): boolean {
  return evaluate([policy({ Condition: condition })], request({ context })) === 'allow';
}

describe('evaluate', () => {
  test.each<[string, JsonObject[], string]>([
    ['nothing', [], 'implicit-deny'],
    ['an allow', [policy({ Action: 's3:GetObject' })], 'allow'],
    ['another action', [policy({ Action: 's3:PutObject' })], 'implicit-deny'],
    ['another resource', [policy({ Resource: `${bucket}/b.txt` })], 'implicit-deny'],
    ['the bucket, not what is in it', [policy({ Resource: bucket })], 'implicit-deny'],
    ['a deny beside an allow', [policy({}, { Effect: 'Deny' })], 'deny'],
    ['a deny in another policy', [policy({}), policy({ Effect: 'Deny', Action: 's3:Get*' })], 'deny'],
    ['a deny of something else', [policy({}, { Effect: 'Deny', Action: 's3:Put*' })], 'allow'],
    ['an action in another case', [policy({ Action: 'S3:getobject' })], 'allow'],
    ['a resource in another case', [policy({ Resource: 'arn:aws:s3:::Notes/*' })], 'implicit-deny'],
    ['one of several actions and resources', [policy({ Action: ['s3:PutObject', 's3:Get?bject'], Resource: [bucket, `${bucket}/*`] })], 'allow'],
    ['a prefix that is no star', [policy({ Action: 's3:Get' })], 'implicit-deny'],
    ['NotAction', [{ Version: '2012-10-17', Statement: without({ NotAction: 'iam:*' }, 'Action') }], 'allow'],
    ['NotAction of this one', [{ Version: '2012-10-17', Statement: without({ NotAction: ['iam:*', 's3:Get*'] }, 'Action') }], 'implicit-deny'],
    ['NotResource', [{ Version: '2012-10-17', Statement: without({ NotResource: `${bucket}/b.txt` }, 'Resource') }], 'allow'],
    ['NotResource of this one', [{ Version: '2012-10-17', Statement: without({ NotResource: `${bucket}/*` }, 'Resource') }], 'implicit-deny'],
    ['a deny by NotResource', [policy({}), { Version: '2012-10-17', Statement: without({ Effect: 'Deny', NotResource: bucket }, 'Resource') }], 'deny'],
  ])('%s', (_case, policies, decision) => {
    expect(evaluate(policies, request())).toBe(decision);
  });
});

describe('condition operators', () => {
  test.each<[string, JsonObject, PolicyRequest['context'], boolean]>([
    ['StringEquals', { StringEquals: { 'aws:PrincipalTag/job-category': 'iamuser-admin' } }, { 'aws:PrincipalTag/job-category': 'iamuser-admin' }, true],
    ['StringEquals, a key in another case', { StringEquals: { 'AWS:PRINCIPALTAG/Job': 'a' } }, { 'aws:PrincipalTag/job': 'a' }, true],
    ['StringEquals, a value in another case', { StringEquals: { 'aws:PrincipalTag/job': 'A' } }, { 'aws:PrincipalTag/job': 'a' }, false],
    ['StringEquals, no key', { StringEquals: { 'aws:PrincipalTag/job': 'a' } }, {}, false],
    ['StringEquals, a star is a star', { StringEquals: { 'aws:PrincipalTag/job': '*' } }, { 'aws:PrincipalTag/job': 'a' }, false],
    ['StringEquals, one of several', { StringEquals: { 'aws:PrincipalTag/job': ['a', 'b'] } }, { 'aws:PrincipalTag/job': 'b' }, true],
    ['StringEqualsIgnoreCase', { StringEqualsIgnoreCase: { 'aws:PrincipalTag/job': 'A' } }, { 'aws:PrincipalTag/job': 'a' }, true],
    ['StringNotEquals', { StringNotEquals: { 's3:ResourceAccount': '111122223333' } }, { 's3:ResourceAccount': '111122223333' }, false],
    ['StringNotEquals, none of several', { StringNotEquals: { 's3:ResourceAccount': ['1', '2'] } }, { 's3:ResourceAccount': '2' }, false],
    ['StringNotEquals, no key', { StringNotEquals: { 'aws:PrincipalTag/job': 'a' } }, {}, true],
    ['StringLike', { StringLike: { 'aws:SourceArn': 'arn:aws:lambda:*:1:function:?' } }, { 'aws:SourceArn': 'arn:aws:lambda:a:1:function:f' }, true],
    ['StringNotLike', { StringNotLike: { 'aws:SourceArn': 'arn:*' } }, { 'aws:SourceArn': 'arn:a' }, false],
    ['ArnLike', { ArnLike: { 'aws:PrincipalArn': 'arn:aws:iam::*:role/cdk-*' } }, { 'aws:PrincipalArn': 'arn:aws:iam::1:role/cdk-a' }, true],
    ['ArnLike, a star stays in its part', { ArnLike: { 'aws:PrincipalArn': 'arn:aws:*:role/a' } }, { 'aws:PrincipalArn': 'arn:aws:iam::1:role/a' }, false],
    ['ArnEquals takes wildcards too', { ArnEquals: { 'aws:PrincipalArn': 'arn:aws:iam::1:role/?' } }, { 'aws:PrincipalArn': 'arn:aws:iam::1:role/a' }, true],
    ['ArnNotLike', { ArnNotLike: { 'aws:PrincipalArn': 'arn:aws:iam::1:role/*' } }, { 'aws:PrincipalArn': 'arn:aws:iam::1:role/a' }, false],
    ['Bool', { Bool: { 'aws:SecureTransport': 'false' } }, { 'aws:SecureTransport': 'true' }, false],
    ['Bool of JSON', { Bool: { 'aws:SecureTransport': true } }, { 'aws:SecureTransport': 'true' }, true],
    ['Null, absent', { Null: { 'sts:ExternalId': 'true' } }, {}, true],
    ['Null, present', { Null: { 'sts:ExternalId': 'true' } }, { 'sts:ExternalId': 'x' }, false],
    ['StringNotEquals, a key that is said to be absent', { StringNotEquals: { 'iam:PermissionsBoundary': 'a' } }, { 'iam:PermissionsBoundary': [] }, true],
    ['Null false, present', { Null: { 'sts:ExternalId': false } }, { 'sts:ExternalId': 'x' }, true],
    ['NumericLessThanEquals', { NumericLessThanEquals: { 's3:max-keys': '10' } }, { 's3:max-keys': '10' }, true],
    ['NumericGreaterThan, as numbers', { NumericGreaterThan: { 's3:max-keys': '9' } }, { 's3:max-keys': '10' }, true],
    ['DateGreaterThan', { DateGreaterThan: { 'aws:CurrentTime': '2020-04-01T00:00:00Z' } }, { 'aws:CurrentTime': '2026-11-24T00:00:00Z' }, true],
    ['DateLessThan, in seconds', { DateLessThan: { 'aws:CurrentTime': '1585699200' } }, { 'aws:CurrentTime': '2026-11-24T00:00:00Z' }, false],
    ['IpAddress', { IpAddress: { 'aws:SourceIp': ['203.0.113.0/24', '127.0.0.0/8'] } }, { 'aws:SourceIp': '127.0.0.1' }, true],
    ['NotIpAddress', { NotIpAddress: { 'aws:SourceIp': '127.0.0.1' } }, { 'aws:SourceIp': '127.0.0.1' }, false],
    ['IpAddress of six', { IpAddress: { 'aws:SourceIp': '2001:DB8:1234:5678::/64' } }, { 'aws:SourceIp': '2001:db8:1234:5678::1' }, true],
    ['IfExists, absent', { StringEqualsIfExists: { 'aws:PrincipalTag/job': 'a' } }, {}, true],
    ['IfExists, present', { StringEqualsIfExists: { 'aws:PrincipalTag/job': 'a' } }, { 'aws:PrincipalTag/job': 'b' }, false],
    ['several operators, one fails', { StringEquals: { 'aws:PrincipalTag/a': '1' }, StringLike: { 'aws:PrincipalTag/b': '2*' } }, { 'aws:PrincipalTag/a': '1', 'aws:PrincipalTag/b': '1' }, false],
    ['several keys, one fails', { StringEquals: { 'aws:PrincipalTag/a': '1', 'aws:PrincipalTag/b': '2' } }, { 'aws:PrincipalTag/a': '1', 'aws:PrincipalTag/b': '1' }, false],
    ['ForAllValues, all in the set', { 'ForAllValues:StringEquals': { 'aws:TagKeys': ['environment', 'cost-center'] } }, { 'aws:TagKeys': ['environment'] }, true],
    ['ForAllValues, one outside', { 'ForAllValues:StringEquals': { 'aws:TagKeys': ['environment', 'cost-center'] } }, { 'aws:TagKeys': ['environment', 'owner'] }, false],
    ['ForAllValues, no key', { 'ForAllValues:StringEquals': { 'aws:TagKeys': ['environment'] } }, {}, true],
    ['ForAllValues, an empty set', { 'ForAllValues:StringEquals': { 'aws:TagKeys': ['environment'] } }, { 'aws:TagKeys': [] }, true],
    ['ForAllValues, an empty text', { 'ForAllValues:StringEquals': { 'issuer.example:sub': 'a' } }, { 'issuer.example:sub': '' }, true],
    ['ForAnyValue, one in the set', { 'ForAnyValue:StringEquals': { 'aws:TagKeys': ['environment'] } }, { 'aws:TagKeys': ['owner', 'environment'] }, true],
    ['ForAnyValue, none', { 'ForAnyValue:StringEquals': { 'aws:TagKeys': ['environment'] } }, { 'aws:TagKeys': ['owner'] }, false],
    ['ForAnyValue, no key', { 'ForAnyValue:StringEquals': { 'aws:TagKeys': ['environment'] } }, {}, false],
    ['ForAllValues of a negation', { 'ForAllValues:StringNotEquals': { 'aws:TagKeys': ['owner'] } }, { 'aws:TagKeys': ['environment', 'owner'] }, false],
    ['ForAnyValue of a negation', { 'ForAnyValue:StringNotEquals': { 'aws:TagKeys': ['owner'] } }, { 'aws:TagKeys': ['environment', 'owner'] }, true],
  ])('%s', (_case, condition, context, expected) => {
    expect(holds(condition, context)).toBe(expected);
  });

  test.each<[string, JsonObject, PolicyRequest['context'], string]>([
    ['an operator that is none', { StringIs: { 'aws:PrincipalTag/a': 'b' } }, {}, 'UnsupportedOperation'],
    ['an operator that is not modelled', { BinaryEquals: { 'aws:PrincipalTag/a': 'b' } }, {}, 'UnsupportedOperation'],
    ['a key that nobody gave', { StringNotEquals: { 's3:x-amz-acl': 'private' } }, {}, 'UnsupportedOperation'],
    ['a key that the service should have given', { StringNotEquals: { 'iam:PassedToService': 'a' } }, {}, 'UnsupportedOperation'],
    ['the same behind IfExists', { StringEqualsIfExists: { 'ec2:Region': 'a' } }, {}, 'UnsupportedOperation'],
    ['the same behind ForAllValues', { 'ForAllValues:StringEquals': { 'dynamodb:Attributes': 'a' } }, {}, 'UnsupportedOperation'],
    ['the same behind Null', { Null: { 's3:prefix': 'true' } }, {}, 'UnsupportedOperation'],
    ['several values without a set operator', { StringEquals: { 'aws:TagKeys': 'a' } }, { 'aws:TagKeys': ['a', 'b'] }, 'UnsupportedOperation'],
    ['a range of addresses that is none', { IpAddress: { 'aws:SourceIp': '10.0.0.0/33' } }, { 'aws:SourceIp': '10.0.0.1' }, 'UnsupportedOperation'],
    ['a number that is none', { NumericEquals: { 's3:max-keys': 'ten' } }, { 's3:max-keys': '10' }, 'MalformedPolicyDocument'],
    ['Null with IfExists', { NullIfExists: { 'sts:ExternalId': 'true' } }, {}, 'MalformedPolicyDocument'],
    ['a set operator that is none', { 'ForSomeValues:StringEquals': { 'aws:TagKeys': 'a' } }, {}, 'MalformedPolicyDocument'],
  ])('%s is an error, and never a pass', (_case, condition, context, code) => {
    expect(() => holds(condition, context)).toThrow(expect.objectContaining({ code }) as Error);
  });

  test('what cannot be judged is an error though another statement denies', () => {
    const document = policy({ Effect: 'Deny' }, { Condition: { StringEquals: { 'ec2:Region': 'a' } } });
    expect(() => evaluate([document], request())).toThrow('ec2:Region');
  });
});

describe('policy variables', () => {
  const own = `${bucket}/\${aws:PrincipalTag/team}/*`;
  const team = (name: string): Partial<PolicyRequest> => ({ resource: `${bucket}/red/a.txt`, context: { 'aws:PrincipalTag/team': name } });

  test.each<[string, JsonObject, Partial<PolicyRequest>, string]>([
    ['in a resource', policy({ Resource: own }), team('red'), 'allow'],
    ['in a resource, of another', policy({ Resource: own }), team('blue'), 'implicit-deny'],
    ['without a value', policy({ Resource: own }), { resource: `${bucket}//a.txt` }, 'implicit-deny'],
    ['with a default', policy({ Resource: `${bucket}/\${aws:PrincipalTag/team, 'company-wide'}/*` }), { resource: `${bucket}/company-wide/a` }, 'allow'],
    ['with a star as its value', policy({ Resource: own }), team('*'), 'implicit-deny'],
    ['a star that is text', policy({ Resource: `${bucket}/\${*}` }), { resource: `${bucket}/a` }, 'implicit-deny'],
    ['the same, met', policy({ Resource: `${bucket}/\${*}` }), { resource: `${bucket}/*` }, 'allow'],
    ['in a condition', policy({ Condition: { StringEquals: { 'aws:ResourceTag/team': '${aws:PrincipalTag/team}' } } }), { context: { 'aws:ResourceTag/team': 'a$&', 'aws:PrincipalTag/team': 'a$&' } }, 'allow'],
    ['in a policy of 2008, where it is text', { Statement: { Effect: 'Allow', Action: '*', Resource: own } }, team('red'), 'implicit-deny'],
  ])('%s', (_case, document, change, decision) => {
    expect(evaluate([document], request(change))).toBe(decision);
  });

  test('one that is not modelled is an error', () => {
    expect(() => evaluate([policy({ Resource: `${bucket}/\${ec2:Region}` })], request())).toThrow('ec2:Region');
  });
});

describe('policies that are none', () => {
  test.each<[string, JsonObject]>([
    ['no statement', { Version: '2012-10-17' }],
    ['no statements', { Version: '2012-10-17', Statement: [] }],
    ['another version', { ...policy({}), Version: '2020-01-01' }],
    ['another element', { ...policy({}), Comment: 'x' }],
    ['another element in a statement', policy({ Actions: '*' })],
    ['an effect that is none', policy({ Effect: 'allow' })],
    ['two of one kind', policy({ NotAction: 's3:*' })],
    ['an action that is a number too many', policy({ Action: [{}] })],
    ['twice the same Sid', policy({ Sid: 'A' }, { Sid: 'A' })],
    ['a condition without a key', policy({ Condition: { StringEquals: 'a' } })],
  ])('%s', (_case, document) => {
    expect(() => evaluate([document], request())).toThrow(expect.objectContaining({ code: 'MalformedPolicyDocument' }) as Error);
  });
});

describe('principals', () => {
  const session = { kind: 'AWS', account: '111122223333', arns: ['arn:aws:sts::111122223333:assumed-role/R/s', 'arn:aws:iam::111122223333:role/R'] } as const;

  test.each<[string, Json, PolicyRequest['principal'], boolean]>([
    ['everybody', '*', session, true],
    ['every principal of AWS', { AWS: '*' }, session, true],
    ['the account by number', { AWS: '111122223333' }, session, true],
    ['the account by its root', { AWS: 'arn:aws:iam::111122223333:root' }, session, true],
    ['another account', { AWS: '444455556666' }, session, false],
    ['the role', { AWS: ['444455556666', 'arn:aws:iam::111122223333:role/R'] }, session, true],
    ['the session', { AWS: 'arn:aws:sts::111122223333:assumed-role/R/s' }, session, true],
    ['another session of the role', { AWS: 'arn:aws:sts::111122223333:assumed-role/R/t' }, session, false],
    ['no wildcard in an ARN', { AWS: 'arn:aws:iam::111122223333:role/*' }, session, false],
    ['a service', { Service: 'lambda.amazonaws.com' }, { kind: 'Service', name: 'lambda.amazonaws.com' }, true],
    ['another service', { Service: 'ec2.amazonaws.com' }, { kind: 'Service', name: 'lambda.amazonaws.com' }, false],
    ['a provider', { Federated: 'arn:aws:iam::1:oidc-provider/i' }, { kind: 'Federated', arn: 'arn:aws:iam::1:oidc-provider/i' }, true],
    ['nobody who asks', '*', undefined, false],
  ])('%s', (_case, principal, who, allowed) => {
    const decision = evaluate([named(principal)], request(who === undefined ? {} : { principal: who }));
    expect(decision).toBe(allowed ? 'allow' : 'implicit-deny');
  });

  test('a statement that names nobody is none of a resource', () => {
    expect(evaluate([policy({})], request({ principal: session }))).toBe('implicit-deny');
  });
});
