import { AwsError } from '../aws-error';

/** An element of a request: its text, and its elements in order. */
export interface XmlElement {
  readonly name: string;
  readonly text: string;
  readonly children: readonly XmlElement[];
}

type Open = { name: string; text: string; children: XmlElement[] };

/** A declaration or comment; an end tag; a start tag, which may end itself; text. No DOCTYPE and no CDATA, which S3's clients do not write. */
const token = /<\?[^>]*\?>|<!--[\s\S]*?-->|<\/([\w:.-]+)\s*>|<([\w:.-]+)((?:\s+[\w:.-]+\s*=\s*(?:"[^"<]*"|'[^'<]*'))*)\s*(\/?)>|([^<]+)/y;
const entities: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };
const deepest = 16;

/**
 * Reads the XML of a request.
 *
 * @throws AwsError MalformedXML where it is not well formed, or its root is not `root`
 */
export function readXml(body: Buffer, root: string): XmlElement {
  const text = body.toString('utf8').replace(/^\uFEFF/, '');
  const document: Open = { name: '', text: '', children: [] };
  const open: Open[] = [document];
  token.lastIndex = 0;
  while (token.lastIndex < text.length) {
    const [, end, start, , selfClosing, characters] = token.exec(text) ?? fail();
    const top = open.at(-1) ?? fail();
    if (characters !== undefined) top.text += unescape(characters);
    if (start !== undefined) {
      const element = { name: start, text: '', children: [] };
      top.children.push(element);
      if (selfClosing === '' && open.push(element) > deepest) fail();
    }
    if (end !== undefined && (open.pop()?.name !== end || open.length === 0)) fail();
  }
  const [element, second] = document.children;
  if (open.length !== 1 || element === undefined || second !== undefined || element.name !== root || document.text.trim() !== '') fail();
  return element ?? fail();
}

/** Those of that name, in order. */
export function childrenOf(element: XmlElement, name: string): readonly XmlElement[] {
  return element.children.filter((child) => child.name === name);
}

/** The text of the first element of that name; null where there is none. */
export function textOf(element: XmlElement, name: string): string | null {
  return childrenOf(element, name)[0]?.text ?? null;
}

/** S3's refusal of XML, or of what it says. */
export function malformedXml(): AwsError {
  return new AwsError('MalformedXML', 'The XML you provided was not well-formed or did not validate against our published schema');
}

function unescape(text: string): string {
  return text.replace(/&(?:#x([0-9a-f]{1,6})|#(\d{1,7})|(\w+));|&/gi, (_, hex?: string, decimal?: string, name?: string) => {
    if (name !== undefined) return entities[name] ?? fail();
    const code = hex === undefined ? Number(decimal ?? fail()) : Number.parseInt(hex, 16);
    return code <= 0x10ffff ? String.fromCodePoint(code) : fail();
  });
}

function fail(): never {
  throw malformedXml();
}
