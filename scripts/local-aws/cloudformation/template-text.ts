import { parse, Pair, Scalar, YAMLMap, type Tags, type YAMLSeq } from 'yaml';
import { isJsonObject } from '../../configuration/json-object';
import type { JsonObject } from '../resource';
import { formatError } from './template-error';

const withPrefix = ['Base64', 'Cidr', 'FindInMap', 'GetAZs', 'GetStackOutput', 'ImportValue', 'Join', 'Sub', 'Select', 'Split', 'Transform', 'And', 'Equals', 'If', 'Not', 'Or', 'GetAtt'];

/** CloudFormation's short forms: `!Sub text` is `{Fn::Sub: text}`. */
const shortForms: Tags = [...withPrefix.map((name) => [name, `Fn::${name}`] as const), ['Ref', 'Ref'] as const, ['Condition', 'Condition'] as const].flatMap(([name, key]) => [
  { tag: `!${name}`, resolve: (value: string) => ({ [key]: value }) },
  { tag: `!${name}`, collection: 'seq' as const, resolve: (value: YAMLMap.Parsed | YAMLSeq.Parsed) => wrapped(key, value) },
  { tag: `!${name}`, collection: 'map' as const, resolve: (value: YAMLMap.Parsed | YAMLSeq.Parsed) => wrapped(key, value) },
]);

/** YAML 1.1 has these; CloudFormation reads them as text or refuses them. */
const notCloudFormation = new Set(['tag:yaml.org,2002:timestamp', 'tag:yaml.org,2002:binary', 'tag:yaml.org,2002:omap', 'tag:yaml.org,2002:pairs', 'tag:yaml.org,2002:set', 'tag:yaml.org,2002:merge']);

/**
 * Reads a template, JSON or YAML 1.1. Of two equal keys the last wins, as in CloudFormation.
 *
 * @throws AwsError ValidationError
 */
export function parseTemplateText(text: string): JsonObject {
  const value = text.trimStart().startsWith('{') ? parsed('JSON', () => JSON.parse(text) as unknown) : parsed('YAML', () => parseYaml(text));
  if (!isJsonObject(value)) throw formatError('unsupported structure.');
  return value as JsonObject;
}

function parseYaml(text: string): unknown {
  return parse(text, {
    version: '1.1',
    uniqueKeys: false,
    customTags: (tags) => [...tags.filter((tag) => typeof tag === 'string' || !notCloudFormation.has(tag.tag)), ...shortForms],
  });
}

function parsed(format: 'JSON' | 'YAML', read: () => unknown): unknown {
  try {
    return read();
  } catch (error) {
    const why = error instanceof Error ? error.message.split('\n', 1)[0] : String(error);
    throw formatError(`${format} not well-formed. (${why})`);
  }
}

function wrapped(key: string, value: YAMLMap.Parsed | YAMLSeq.Parsed): YAMLMap {
  const map = new YAMLMap();
  map.items.push(new Pair(new Scalar(key), value));
  return map;
}
