import type { Canary } from './canaries';

/** How a value can be written down. Each gives the texts that would be found where it is written so. */
const transforms: Readonly<Record<string, (value: string, told: number) => readonly string[]>> = {
  raw: (value) => [value],
  'URL-encoded': (value) => [encodeURIComponent(value), encodeURIComponent(value).replaceAll(/%[0-9A-F]{2}/g, (code) => code.toLowerCase())],
  'JSON-escaped': (value) => [JSON.stringify(value).slice(1, -1), JSON.stringify(value).slice(1, -1).replaceAll('/', String.raw`\/`), value.replaceAll('+', String.raw`\u002b`).replaceAll('/', String.raw`\u002f`)],
  hex: (value) => [Buffer.from(value).toString('hex'), Buffer.from(value).toString('hex').toUpperCase()],
  base64: (value) => aligned(value, 'base64'),
  base64url: (value) => aligned(value, 'base64url'),
  'UTF-16': (value) => [Buffer.from(value, 'utf16le').toString('latin1')],
  'first 8': (value, told) => [value.slice(told, told + 8)],
  'last 8': (value) => [value.slice(-8)],
};

/** The part of the base64 of a longer text that does not depend on what stands around `value`, at each of three offsets. */
function aligned(value: string, encoding: 'base64' | 'base64url'): string[] {
  return [0, 1, 2].map((offset) => {
    const text = Buffer.from(`${'x'.repeat(offset)}${value}`).toString(encoding).replaceAll('=', '');
    const begin = Math.ceil((offset * 8) / 6);
    const end = Math.floor(((offset + value.length) * 8) / 6);
    return text.slice(begin, end);
  });
}

export interface Needle {
  readonly canary: Canary;
  readonly transform: string;
  readonly text: string;
}

export const transformNames: readonly string[] = Object.keys(transforms);

/** How everything that was observed is read. Streams are read whole, wherever their chunks ended. */
export const views = ['as it is', 'with lines joined and colours taken out'] as const;

/** The last four characters of an access key id may be shown, and a code of six has no part that tells anything. */
function isLookedFor({ value, told = 0 }: Canary, transform: string): boolean {
  return !['first 8', 'last 8'].includes(transform) || value.length - told >= 8;
}

/** Everything that is looked for. */
export function needlesOf(canaries: readonly Canary[]): Needle[] {
  return canaries.flatMap((canary) => Object.entries(transforms)
    .filter(([transform]) => isLookedFor(canary, transform))
    .flatMap(([transform, write]) => [...new Set(write(canary.value, canary.told ?? 0))].map((text) => ({ canary, transform, text }))));
}
