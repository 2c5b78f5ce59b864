import { CreateStackCommand, GetTemplateSummaryCommand, ValidateTemplateCommand, type Parameter } from '@aws-sdk/client-cloudformation';
import { parseTemplateText } from '../../../scripts/local-aws/cloudformation/template-text';
import { createBucket } from '../../../scripts/local-aws/s3/buckets';
import { putObject } from '../../../scripts/local-aws/s3/objects';
import { putParameter } from '../../../scripts/local-aws/ssm/parameters';
import { boxes, type Boxes } from './box';
import { freshCloud, region, settled } from './cloud';

let box: Boxes;
const cloud = freshCloud(() => [(box = boxes()).type]);

async function create(template: object, Parameters: Parameter[] = []): Promise<string | undefined> {
  await cloud.client.send(new CreateStackCommand({ StackName: 'app', TemplateBody: JSON.stringify(template), Parameters }));
  return (await settled(cloud, 'app')).StackStatus;
}

const one = (Properties: object) => ({ Resources: { A: { Type: 'Test::Box', Properties } } });

describe('a template', () => {
  it('may be YAML, with short forms and dates as text, and the last of two equal keys', () => {
    expect(parseTemplateText('A: !Sub "${X}"\nB: !GetAtt X.Arn\nC: !Join ["-", [!Ref X]]\nD: 2012-10-17\nA: !If [Yes, yes, "no"]\n')).toEqual({
      A: { 'Fn::If': [true, true, 'no'] }, B: { 'Fn::GetAtt': 'X.Arn' }, C: { 'Fn::Join': ['-', [{ Ref: 'X' }]] }, D: '2012-10-17',
    });
  });

  it.each(['', '[]', 'a: [', '{', 'text'])('is refused where it is none: %j', (text) => {
    expect(() => parseTemplateText(text)).toThrow('Template format error');
  });

  it('is read from S3, in the forms of address that the CDK CLI sends', async () => {
    createBucket(cloud.local, 'assets', region);
    putObject(cloud.local, 'assets', 'a/b.json', Buffer.from(JSON.stringify(one({}))), {});
    for (const TemplateURL of ['http://127.0.0.1:4566/assets/a/b.json', 'https://assets.s3.us-west-2.amazonaws.com/a/b.json', 'https://s3.us-west-2.amazonaws.com/assets/a/b.json']) {
      expect((await cloud.client.send(new GetTemplateSummaryCommand({ TemplateURL }))).ResourceTypes).toEqual(['Test::Box']);
    }
    await expect(cloud.client.send(new ValidateTemplateCommand({ TemplateURL: 'http://127.0.0.1:4566/assets/none' }))).rejects.toMatchObject({ name: 'ValidationError' });
    await expect(cloud.client.send(new ValidateTemplateCommand({ TemplateURL: 'http://127.0.0.1:4566/assets/%ZZ' }))).rejects.toMatchObject({ name: 'ValidationError', message: 'TemplateURL must be a supported URL.' });
  });
});

const never = { Conditions: { Never: { 'Fn::Equals': ['a', 'b'] } } };
const left = { Left: { Type: 'Test::Box', Condition: 'Never' } };

const malformedExport = 'Template format error: Output O is malformed. The Name field of every Export member must be specified and consist only of alphanumeric characters, colons, or hyphens.';

// As AWS answered when LocalStack recorded it: https://github.com/localstack/localstack/tree/main/tests/aws/services/cloudformation (*.snapshot.json)
it.each<[string, object, string]>([
  ['an unknown section', { ...one({}), Bogus: 1 }, 'Invalid template property or properties [Bogus]'],
  ['no resource', { Resources: {} }, 'Template format error: At least one Resources member must be defined.'],
  ['a resource that is none', { Resources: { A: 'x' } }, 'Template format error: Any Resources member must be an object.'],
  ['a resource without a type', { Resources: { A: {} } }, 'Template format error: [/Resources/A] Every Resources object must contain a Type member.'],
  ['an unknown part of a resource', { Resources: { A: { Type: 'Test::Box', Invalid: 1 } } }, "Invalid template resource property 'Invalid'"],
  ['an output without a value', { ...one({}), Outputs: { O: {} } }, 'Template format error: Every Outputs member must contain a Value object'],
  ['an output that is null', { ...one({}), Outputs: { MyOutput: { Value: null } } }, "[/Outputs/MyOutput/Value] 'null' values are not allowed in templates"],
  ['a null in a property', one({ Links: [{ Deep: null }] }), "[/Resources/A/Type/Links/0/Deep] 'null' values are not allowed in templates"],
  ['an output that is a list', { ...one({}), Outputs: { O: { Value: ['a'] } } }, 'Template format error: The Value field of every Outputs member must evaluate to a String and not a List.'],
  ['an output that is a map', { ...one({}), Outputs: { O: { Value: { a: 'b' } } } }, 'Template format error: The Value field of every Outputs member must evaluate to a String and not a Map.'],
  ['an export without a name', { ...one({}), Outputs: { O: { Value: 'a', Export: {} } } }, malformedExport],
  ['an export with a strange name', { ...one({}), Outputs: { O: { Value: 'a', Export: { Name: 'a_b' } } } }, malformedExport],
  ['an import by the name of a resource', { Resources: { ...one({}).Resources, B: { Type: 'Test::Box', Properties: { Links: [{ 'Fn::ImportValue': { Ref: 'A' } }] } } } }, 'Template error: the attribute in Fn::ImportValue must not depend on any resources, imported values, or Fn::GetAZs'],
  ['a condition on a resource', { ...one({}), Conditions: { C: { 'Fn::Equals': [{ Ref: 'A' }, 'x'] } } }, 'Template format error: Unresolved dependencies [A]. Cannot reference resources in the Conditions block of the template'],
  ['a need of what its condition leaves out', { ...never, Resources: { ...left, A: { Type: 'Test::Box', Properties: { Name: { Ref: 'Left' } } } } }, 'Template format error: Unresolved resource dependencies [Left] in the Resources block of the template'],
  ['an output of what its condition leaves out', { ...never, Resources: { ...left, ...one({}).Resources }, Outputs: { O: { Value: { 'Fn::GetAtt': ['Left', 'Arn'] } } } }, 'Template format error: Unresolved resource dependencies [Left] in the Outputs block of the template'],
  ['too many resources', { Resources: Object.fromEntries(Array.from({ length: 501 }, (_, index) => [`A${index}`, { Type: 'Test::Box' }])) }, 'Template format error: Number of resources, 501, is greater than maximum allowed, 500'],
  ['a mapping of one level', { ...one({}), Mappings: { M: { A: 'x' } } }, 'Template format error: Every Mappings member A must be a map'],
  ['a mapping of three levels', { ...one({}), Mappings: { M: { A: { B: { C: 'x' } } } } }, 'Template format error: Every Mappings attribute must be a String or a List.'],
  ['a mapping without the key', { ...one({ Name: { 'Fn::FindInMap': ['M', 'C', 'B'] } }), Mappings: { M: { A: { B: 'x' } } } }, 'Template error: Unable to get mapping for M::C::B'],
  ['a dependency on nothing', { Resources: { A: { Type: 'Test::Box', DependsOn: 'No' } } }, 'Template format error: Unresolved resource dependencies [No] in the Resources block of the template'],
])('a template with %s is refused with the words of CloudFormation', async (_, template, message) => {
  await expect(create(template)).rejects.toMatchObject({ name: 'ValidationError', message });
});

it('may need what its condition leaves out in the branch that does not count', async () => {
  const Name = { 'Fn::If': ['Never', { Ref: 'Left' }, 'without'] };
  expect(await create({ ...never, Resources: { ...left, A: { Type: 'Test::Box', Properties: { Name } } }, Outputs: { O: { Condition: 'Never', Value: { Ref: 'Left' } } } })).toBe('CREATE_COMPLETE');
  expect([...box.contents.keys()]).toEqual(['without']);
});

it('is refused where it is too large, in the request or in S3', async () => {
  const large = JSON.stringify(one({ Name: 'x'.repeat(51_200) }));
  await expect(create(one({ Name: 'x'.repeat(51_200) }))).rejects.toMatchObject({ message: `1 validation error detected: Value '${large}' at 'templateBody' failed to satisfy constraint: Member must have length less than or equal to 51200` });
  createBucket(cloud.local, 'assets', region);
  putObject(cloud.local, 'assets', 'large', Buffer.alloc(1_000_001, ' '), {});
  await expect(cloud.client.send(new ValidateTemplateCommand({ TemplateURL: 'https://assets.s3.us-west-2.amazonaws.com/large' }))).rejects.toMatchObject({ message: 'Template may not exceed 1000000 bytes in size.' });
});

describe('a parameter', () => {
  it.each<[string, object, string]>([
    ['not a number', { Type: 'Number', Default: 'x' }, "Parameter 'P' must be a number."],
    ['not allowed', { Type: 'String', AllowedValues: ['a'], Default: 'b' }, "Parameter 'P' must be one of AllowedValues"],
    ['against its pattern', { Type: 'String', AllowedPattern: '[a-z]+', Default: 'a1' }, "Parameter 'P' must match pattern [a-z]+"],
    ['against a pattern that JavaScript reads outside its Unicode mode alone', { Type: 'String', AllowedPattern: '[\\w-.]+\\_', Default: 'a b_' }, "Parameter 'P' must match pattern"],
    ['with a pattern of Java alone', { Type: 'String', AllowedPattern: 'a++', Default: 'a' }, 'does not model the AllowedPattern a++ (parameter P)'],
    ['too long', { Type: 'String', MaxLength: 1, Default: 'ab', ConstraintDescription: 'short' }, "Parameter 'P' failed to satisfy constraint: short"],
    ['of a type that is not modelled', { Type: 'AWS::EC2::VPC::Id', Default: 'a' }, 'does not model the parameter type AWS::EC2::VPC::Id'],
    ['not in Parameter Store', { Type: 'AWS::SSM::Parameter::Value<String>', Default: '/a' }, 'Unable to fetch parameters [/a] from parameter store for this account.'],
  ])('is refused: %s', async (_, P, message) => {
    await expect(create({ ...one({}), Parameters: { P } })).rejects.toThrow(message);
  });

  it('cannot keep a value that it never had', async () => {
    const kept = create({ ...one({}), Parameters: { P: { Type: 'String' } } }, [{ ParameterKey: 'P', UsePreviousValue: true }]);
    await expect(kept).rejects.toThrow('Invalid input for parameter key P. Cannot specify usePreviousValue as true for a parameter key not in the previous template');
  });

  it('comes from Parameter Store, is a list, and decides a condition', async () => {
    putParameter(cloud.local, region, { name: '/version', type: 'String', value: '33', tags: {}, overwrite: false });
    const status = await create({
      Parameters: { Version: { Type: 'AWS::SSM::Parameter::Value<String>', Default: '/version' }, Many: { Type: 'CommaDelimitedList' } },
      Conditions: { New: { 'Fn::Not': [{ 'Fn::Equals': [{ Ref: 'Version' }, '32'] }] }, Old: { 'Fn::Not': [{ Condition: 'New' }] } },
      Rules: { Check: { Assertions: [{ Assert: { 'Fn::Not': [{ 'Fn::Contains': [['1', '2'], { Ref: 'Version' }] }] }, AssertDescription: 'too old' }] } },
      Resources: {
        A: { Type: 'Test::Box', Condition: 'New', Properties: { Links: { Ref: 'Many' }, Size: { Ref: 'Version' } } },
        B: { Type: 'Test::Box', Condition: 'Old' },
      },
    }, [{ ParameterKey: 'Many', ParameterValue: 'x, y' }]);
    expect(status).toBe('CREATE_COMPLETE');
    expect([...box.contents.values()]).toEqual([{ Links: ['x', 'y'], Size: '33' }]);
  });

  it('is held against the rules', async () => {
    const Rules = { Check: { Assertions: [{ Assert: { 'Fn::EachMemberIn': [[{ Ref: 'P' }], ['a', 'b']] }, AssertDescription: 'a or b, please' }] } };
    await expect(create({ ...one({}), Parameters: { P: { Type: 'String' } }, Rules }, [{ ParameterKey: 'P', ParameterValue: 'c' }])).rejects.toThrow('a or b, please');
  });
});
