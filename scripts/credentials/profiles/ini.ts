// The format of ~/.aws/config and ~/.aws/credentials, read as the SDK reads it, line by line, but into maps, so that no
// name in a file can reach an object's members. https://docs.aws.amazon.com/sdkref/latest/guide/file-format.html

/** One setting. */
export interface IniProperty {
  /** Of a nested one with its parent's: `s3.endpoint_url`. */
  readonly key: string;
  readonly value: string;
  /** The first line of a file is 1. */
  readonly line: number;
}

/** `plain` is one without a prefix that the SDK knows. */
export type IniSectionKind = 'plain' | 'profile' | 'sso-session' | 'services';

/** One header, and what stands below it. */
export interface IniSection {
  readonly kind: IniSectionKind;
  /** Without its prefix and quotation marks: `dev` of `[profile "dev"]`. */
  readonly name: string;
  /** Of the header. */
  readonly line: number;
  /** In the order of the file. A key that stands twice is in it twice, and the last counts. */
  readonly properties: readonly IniProperty[];
  /** The last line that belongs to the section and is neither empty nor a comment. */
  readonly lastLine: number;
}

const prefixed = /^([\w-]+)\s(["'])?([\w-@+.%:/]+)\2$/;
const kinds: ReadonlySet<string> = new Set<IniSectionKind>(['profile', 'sso-session', 'services']);

interface Open {
  readonly section: Omit<IniSection, 'properties' | 'lastLine'> & { readonly properties: IniProperty[]; lastLine: number };
  parent: string | null;
}

/** The sections of `text`, in the order of the file. One that stands twice is in it twice. */
export function parseIni(text: string): IniSection[] {
  const sections: Open['section'][] = [];
  let open: Open | null = null;
  for (const [index, raw] of text.split(/\r?\n/).entries()) {
    const content = (raw.split(/(?:^|\s)[;#]/, 1)[0] ?? '').trim();
    if (content.startsWith('[') && content.endsWith(']')) {
      open = openSection(content.slice(1, -1), index + 1);
      if (open !== null) sections.push(open.section);
    } else if (open !== null && content !== '') {
      open.section.lastLine = index + 1;
      readProperty(open, content, raw, index + 1);
    }
  }
  return sections;
}

/** `null` for a section of another kind, as `[plugins]`-like ones with a name are, and for one without a name. */
function openSection(header: string, line: number): Open | null {
  const [, prefix, , name] = prefixed.exec(header) ?? [];
  if (header === '' || (prefix !== undefined && name !== undefined && !kinds.has(prefix))) return null;
  const of = prefix === undefined || name === undefined ? dotted(header) : { kind: prefix as IniSectionKind, name };
  return { section: { ...of, line, lastLine: line, properties: [] }, parent: null };
}

/** The SDK joins prefix and name with a dot, so that `[profile.dev]` is the same section. */
function dotted(header: string): { kind: IniSectionKind; name: string } {
  const dot = header.indexOf('.');
  const prefix = header.slice(0, dot);
  return dot > 0 && kinds.has(prefix) ? { kind: prefix as IniSectionKind, name: header.slice(dot + 1) } : { kind: 'plain', name: header };
}

function readProperty(open: Open, content: string, raw: string, line: number): void {
  const equals = content.indexOf('=');
  if (equals < 1) return;
  const name = content.slice(0, equals).trim();
  const value = content.slice(equals + 1).trim();
  if (value === '') {
    open.parent = name;
    return;
  }
  if (open.parent !== null && raw.trimStart() === raw) open.parent = null;
  open.section.properties.push({ key: open.parent === null ? name : `${open.parent}.${name}`, value, line });
}
