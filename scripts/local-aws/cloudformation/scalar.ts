import type { Json } from '../resource';

/** A text, a number or a truth value as text; null for what is none, or a structure. */
export function scalarText(value: Json | undefined): string | null {
  return value === undefined || value === null || typeof value === 'object' ? null : String(value);
}
