import { AwsError, constraintBroken } from '../aws-error';
import { queryRequired, queryText, type QueryValue } from '../query';
import type { Session } from './sessions';

type Tags = Pick<Session, 'tags' | 'transitiveTagKeys'>;

/**
 * Reads the tags that AssumeRole was given.
 *
 * @throws AwsError ValidationError
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/id_session-tags.html
 */
export function readTags(list: readonly QueryValue[], transitiveTagKeys: readonly string[]): Tags {
  const entries = list.map((tag) => [queryRequired(tag, 'Key'), queryText(tag, 'Value') ?? ''] as const);
  if (entries.length > 50) throw invalid(constraintBroken('tags', null, 'have length less than or equal to 50'));
  for (const [key, value] of entries) verifyTag(key, value);
  if (new Set(entries.map(([key]) => key.toLowerCase())).size < entries.length) {
    throw new AwsError('InvalidParameterValue', 'Duplicate tag keys found. Please note that Tag keys are case insensitive.');
  }
  const tags = Object.fromEntries(entries);
  if (transitiveTagKeys.some((key) => !has(Object.keys(tags), key))) {
    throw invalid('One or more specified transitive tag keys are not included in the requested tags.');
  }
  return { tags, transitiveTagKeys };
}

/**
 * The tags of a session that is assumed from `caller`: its transitive ones go on, and cannot be set anew.
 *
 * @throws AwsError ValidationError
 */
export function inheritTags(caller: Session, given: Tags): Tags {
  if (Object.keys(given.tags).some((key) => has(caller.transitiveTagKeys, key))) {
    throw invalid("One of the specified transitive tag keys can't be set because it conflicts with a transitive tag key from the calling session.");
  }
  const inherited = Object.entries(caller.tags).filter(([key]) => has(caller.transitiveTagKeys, key));
  return { tags: { ...Object.fromEntries(inherited), ...given.tags }, transitiveTagKeys: [...caller.transitiveTagKeys, ...given.transitiveTagKeys] };
}

function verifyTag(key: string, value: string): void {
  if (key.length > 128 || value.length > 256 || !/^[\p{L}\p{Z}\p{N}_.:/=+\-@]+$/u.test(key) || !/^[\p{L}\p{Z}\p{N}_.:/=+\-@]*$/u.test(value)) {
    throw invalid(constraintBroken('tags', null, 'satisfy regular expression pattern: [\\p{L}\\p{Z}\\p{N}_.:/=+\\-@]+'));
  }
  if (/^aws:/i.test(key)) throw invalid('System tags cannot be added/updated by requester');
}

/** Keys of session tags are the same in any case. */
function has(keys: readonly string[], key: string): boolean {
  return keys.some((each) => each.toLowerCase() === key.toLowerCase());
}

function invalid(message: string): AwsError {
  return new AwsError('ValidationError', message);
}
