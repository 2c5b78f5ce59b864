/** What an XML answer is made of. `undefined` leaves its element out, and `null` leaves it empty. */
export type XmlValue = undefined | null | boolean | number | string | XmlList | readonly XmlValue[] | XmlObject;

/** Elements by name, in their order. */
export interface XmlObject {
  readonly [name: string]: XmlValue;
}

/** A list whose entries have a name of their own, or no element around them. */
export class XmlList {
  constructor(
    readonly entries: readonly XmlValue[],
    readonly entryName: string,
    /** S3 repeats the list's own element: `<Contents>…</Contents><Contents>…</Contents>`. */
    readonly flat = false,
  ) {}
}

/** `<Contents>…</Contents><Contents>…</Contents>`: the entries without an element around them. */
export function flatList(entries: readonly XmlValue[]): XmlList {
  return new XmlList(entries, '', true);
}

/**
 * Writes one element. An array becomes a list of `member` elements, as the Query protocol has it. A name may carry attributes:
 * `ListBucketResult xmlns="…"`.
 */
export function xml(name: string, content: XmlValue): string {
  if (content === undefined) return '';
  const close = `</${name.split(' ', 1)[0]}>`;
  if (content instanceof XmlList) {
    if (content.flat) return content.entries.map((entry) => xml(name, entry)).join('');
    return `<${name}>${content.entries.map((entry) => xml(content.entryName, entry)).join('')}${close}`;
  }
  return `<${name}>${inner(content)}${close}`;
}

/** Escapes text for an element or an attribute. */
function escapeXml(text: string): string {
  return text.replace(unsafe, (character) => entities[character] ?? `&#x${character.charCodeAt(0).toString(16).toUpperCase()};`);
}

// A parser would turn a carriage return into a line feed, so it goes as a reference. XML 1.0 has no other control characters.
const unsafe = /[&<>"'\r]/g;
const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&apos;' };
const notXml = /(?![\t\n\r\u007F-\u009F])[\p{Cc}\uFFFE\uFFFF]/gu;

function inner(content: Exclude<XmlValue, undefined | XmlList>): string {
  if (content === null) return '';
  if (Array.isArray(content)) return content.map((entry: XmlValue) => xml('member', entry)).join('');
  if (typeof content === 'object') return Object.entries(content).map(([name, value]) => xml(name, value)).join('');
  return escapeXml(String(content).replace(notXml, '\uFFFD'));
}
