import { isNoteId } from './note-id';
import { Refusal } from './refusal';

/** Which notes a list is to show. */
export interface Page {
  readonly limit: number;
  /** The last note of the page before; the first page where absent. */
  readonly after?: string;
}

const defaultLimit = 20;
const maximumLimit = 100;

/**
 * The page asked for: `?limit=20&nextToken=…`. A token is the id of the last note shown, so it never expires.
 *
 * @throws Refusal 400 for a limit or a token that cannot be, and for any other parameter
 */
export function requestedPage(query: Readonly<Record<string, string | undefined>> = {}): Page {
  const { limit = String(defaultLimit), nextToken, ...rest } = query;
  const [unknown] = Object.keys(rest);
  if (unknown !== undefined) throw new Refusal(400, `A list has a limit and a nextToken; ${JSON.stringify(unknown.slice(0, 40))} is not known.`);
  if (!/^[1-9]\d{0,2}$/.test(limit) || Number(limit) > maximumLimit) throw new Refusal(400, `limit must be a number from 1 to ${maximumLimit}.`);
  if (nextToken === undefined) return { limit: Number(limit) };
  if (!isNoteId(nextToken)) throw new Refusal(400, 'nextToken is not one that a list gave.');
  return { limit: Number(limit), after: nextToken };
}
