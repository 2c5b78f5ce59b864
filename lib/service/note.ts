import { Refusal } from './refusal';

/** A note, as it is kept and shown. */
export interface Note {
  /** UUID version 7: sorts by when it was made. */
  readonly id: string;
  readonly text: string;
  /** ISO 8601, UTC. */
  readonly createdAt: string;
}

/** Of a note's text, in UTF-16 code units. */
const maximumLength = 4096;

/**
 * The text of the note to make, from the request's JSON.
 *
 * @throws Refusal 400 for anything but `{"text": "…"}`
 */
export function noteText(body: unknown): string {
  if (typeof body !== 'object' || body === null || Array.isArray(body)) throw new Refusal(400, 'The body must be a JSON object: {"text": "..."}.');
  const unknown = Object.keys(body).find((key) => key !== 'text');
  if (unknown !== undefined) throw new Refusal(400, `A note has a text and nothing else; ${JSON.stringify(unknown.slice(0, 40))} is not known.`);
  const text: unknown = 'text' in body ? body.text : undefined;
  if (typeof text !== 'string') throw new Refusal(400, 'text is missing, or not a string.');
  if (text.trim() === '') throw new Refusal(400, 'text is empty.');
  if (text.length > maximumLength) throw new Refusal(400, `text is longer than ${maximumLength} characters.`);
  return text;
}
