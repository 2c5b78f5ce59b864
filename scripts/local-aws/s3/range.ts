import { AwsError } from '../aws-error';

/** The first and the last byte. */
export interface ByteRange {
  readonly first: number;
  readonly last: number;
}

/**
 * Reads a Range header. One that is not understood counts as absent, as RFC 9110 says.
 *
 * @throws AwsError InvalidRange where no byte of it exists
 * @see https://www.rfc-editor.org/rfc/rfc9110#section-14.1.2
 */
export function readRange(header: string | undefined, size: number): ByteRange | null {
  const match = /^bytes=(\d*)-(\d*)$/.exec(header ?? '');
  const [, from = '', to = ''] = match ?? [];
  if (match === null || (from === '' && to === '') || (from !== '' && to !== '' && Number(to) < Number(from))) return null;
  const range = from === '' ? { first: Math.max(size - Number(to), 0), last: size - 1 } : { first: Number(from), last: Math.min(to === '' ? Infinity : Number(to), size - 1) };
  if (range.first >= size || (from === '' && Number(to) === 0)) throw new AwsError('InvalidRange', 'The requested range is not satisfiable', 416, { ActualObjectSize: size, RangeRequested: match[0] });
  return range;
}
