import * as fc from 'fast-check';
import { parseQuery, queryList, queryText, queryTexts } from '../../scripts/local-aws/query';

const body = (text: string) => Buffer.from(text);

describe('a request of the Query protocol', () => {
  it('becomes nested lists and structures', () => {
    const { action, parameters } = parseQuery(body('Action=CreateStack&Version=2010-05-15&StackName=a+b%2Fc&Tags.member.2.Key=y&Tags.member.10.Key=z&Tags.member.1.Key=x&Capabilities.member.1=CAPABILITY_IAM'));
    expect(action).toBe('CreateStack');
    expect(queryText(parameters, 'StackName')).toBe('a b/c');
    expect(queryText(parameters, 'Version')).toBeUndefined();
    expect(queryList(parameters, 'Tags').map((tag) => queryText(tag, 'Key'))).toEqual(['x', 'y', 'z']);
    expect(queryTexts(parameters, 'Capabilities')).toEqual(['CAPABILITY_IAM']);
    expect(queryList(parameters, 'Nothing')).toEqual([]);
  });

  it.each([
    ['Version=2010-05-15', 'MissingAction'],
    ['Action=A&Tags=x&Tags.member.1=y', 'MalformedQueryString'],
    ['Action=A&Tags.member.1=y&Tags=x', 'MalformedQueryString'],
  ])('is refused where it has no meaning: %s', (text, code) => {
    expect(() => parseQuery(body(text))).toThrow(expect.objectContaining({ code }) as Error);
  });

  it('gives back every text, under every name, whatever it is called', () => {
    const name = fc.oneof(fc.constantFrom('__proto__', 'constructor', 'member'), fc.stringMatching(/^[A-Z][A-Za-z]{0,8}$/)).filter((one) => one !== 'Action' && one !== 'Version');
    fc.assert(fc.property(fc.uniqueArray(fc.tuple(name, fc.string({ unit: 'grapheme' })), { selector: ([key]) => key }), (pairs) => {
      const { parameters } = parseQuery(body(new URLSearchParams([['Action', 'A'], ...pairs]).toString()));
      for (const [key, value] of pairs) expect(queryText(parameters, key)).toBe(value);
    }));
  });

  it('never breaks otherwise than as an error of AWS', () => {
    fc.assert(fc.property(fc.string(), (text) => {
      expect(['read', 'AwsError']).toContain(outcome(text));
    }));
  });
});

function outcome(text: string): string {
  try {
    parseQuery(body(text));
    return 'read';
  } catch (error) {
    return error instanceof Error ? error.name : 'thrown';
  }
}
