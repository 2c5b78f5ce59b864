import * as fc from 'fast-check';
import { resolve } from '../../../scripts/local-aws/cloudformation/intrinsics';
import { knownAfterApply, noValue, type Scope } from '../../../scripts/local-aws/cloudformation/scope';
import type { Json } from '../../../scripts/local-aws/resource';

const values: Record<string, Json | typeof noValue> = { Text: 'text', List: ['a', 'b'], 'AWS::NoValue': noValue, 'AWS::Region': 'us-west-2', New: knownAfterApply };
const scope: Scope = {
  ref: (name) => values[name] ?? 'missing',
  attribute: (id, name) => (id === 'New' ? knownAfterApply : `${id}!${name}`),
  condition: (name) => name === 'Yes',
  exported: (name) => `export of ${name}`,
  stackOutput: (...names) => names.join('/'),
  ssm: (name) => `parameter ${name}`,
  mappings: { Map: { first: { second: 'mapped' } } },
};

describe('an intrinsic function', () => {
  it.each<[string, Json, Json]>([
    ['Ref', { Ref: 'Text' }, 'text'],
    ['Fn::GetAtt as a list', { 'Fn::GetAtt': ['A', 'Arn'] }, 'A!Arn'],
    ['Fn::GetAtt as a text', { 'Fn::GetAtt': 'A.Endpoint.Port' }, 'A!Endpoint.Port'],
    ['Fn::Sub', { 'Fn::Sub': '${Text}-${A.Arn}-${!Literal}-${AWS::Region}' }, 'text-A!Arn-${Literal}-us-west-2'],
    ['Fn::Sub with variables', { 'Fn::Sub': ['${X}${Text}', { X: { Ref: 'Text' } }] }, 'texttext'],
    ['Fn::Join', { 'Fn::Join': ['-', ['x', { Ref: 'Text' }, 1]] }, 'x-text-1'],
    ['Fn::Join of a list parameter', { 'Fn::Join': [',', { Ref: 'List' }] }, 'a,b'],
    ['Fn::Split and Fn::Select', { 'Fn::Select': [1, { 'Fn::Split': ['x', { Ref: 'Text' }] }] }, 't'],
    ['Fn::Select of an unknown list', { 'Fn::Select': [5, { 'Fn::Split': [':', { Ref: 'New' }] }] }, knownAfterApply],
    ['Fn::Sub of an unknown value', { 'Fn::Sub': 'a-${New}' }, knownAfterApply],
    ['Fn::If', { 'Fn::If': ['Yes', { Ref: 'Text' }, { Ref: 'Nobody' }] }, 'text'],
    ['Fn::FindInMap', { 'Fn::FindInMap': ['Map', 'first', { 'Fn::Select': ['0', ['second']] }] }, 'mapped'],
    ['Fn::ImportValue', { 'Fn::ImportValue': { 'Fn::Sub': 'of-${Text}' } }, 'export of of-text'],
    ['Fn::GetStackOutput', { 'Fn::GetStackOutput': { StackName: 'other', OutputName: { Ref: 'Text' } } }, 'other/text/'],
    ['Fn::GetStackOutput of another region', { 'Fn::GetStackOutput': { StackName: 'other', OutputName: 'Url', Region: 'eu-west-1' } }, 'other/Url/eu-west-1'],
    ['Fn::Base64', { 'Fn::Base64': 'hi' }, 'aGk='],
    ['Fn::Base64 of an unknown value', { 'Fn::Base64': { 'Fn::Sub': 'a-${New}' } }, knownAfterApply],
    ['AWS::NoValue in an object', { A: { Ref: 'AWS::NoValue' }, B: 1 }, { B: 1 }],
    ['AWS::NoValue in a list', [{ 'Fn::If': ['No', 'a', { Ref: 'AWS::NoValue' }] }, 'b'], ['b']],
    ['a dynamic reference', 'x{{resolve:ssm:/a/b}}', 'xparameter /a/b'],
  ])('%s', (_, value, expected) => {
    expect(resolve(value, scope)).toEqual(expected);
  });

  it.each<[Json, string]>([
    [{ 'Fn::Select': [2, { Ref: 'List' }] }, 'Fn::Select cannot select nonexistent value at index 2'],
    [{ 'Fn::FindInMap': ['Map', 'first', 'third'] }, 'Unable to get mapping for Map::first::third'],
    [{ 'Fn::Join': ['-', 'x'] }, 'every Fn::Join object requires two parameters'],
    [{ 'Fn::Sub': '${a b}' }, 'variable names in Fn::Sub syntax must contain only alphanumeric characters'],
    [{ 'Fn::ToJsonString': {} }, 'Encountered unsupported function: Fn::ToJsonString'],
    [{ 'Fn::Equals': ['a', 'a'] }, 'Encountered unsupported function: Fn::Equals'],
    [{ Ref: 'Text', Other: 1 }, 'Encountered unsupported function: Ref'],
    [{ 'Fn::GetStackOutput': { StackName: 'other' } }, 'requires the members StackName and OutputName'],
    [{ 'Fn::GetStackOutput': { StackName: 'other', OutputName: 'Url', RoleArn: 'arn' } }, 'does not model Fn::GetStackOutput with a RoleArn'],
    ['{{resolve:secretsmanager:s}}', 'does not model the dynamic reference'],
  ])('is refused where it is wrong: %j', (value, message) => {
    expect(() => resolve(value, scope)).toThrow(message);
  });

  it('is the only thing that changes: every other value stays', () => {
    const key = fc.string().filter((name) => name !== 'Ref' && !name.startsWith('Fn::') && name !== '__proto__');
    const { value } = fc.letrec<{ value: Json }>((tie) => ({
      value: fc.oneof(fc.string().filter((text) => !text.includes('{{resolve:')), fc.integer(), fc.boolean(), fc.constant(null), fc.array(tie('value')), fc.dictionary(key, tie('value'), { noNullPrototype: true })),
    }));
    fc.assert(fc.property(value, (json) => {
      expect(resolve(json, scope)).toEqual(json);
    }));
  });
});
