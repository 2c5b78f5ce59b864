import { parseIni, type IniSection } from '../credentials/profiles/ini';

/** A change of one section of an AWS file. */
export interface SectionEdit {
  /** Which sections are the profile's. */
  readonly isSection: (section: IniSection) => boolean;
  /** The header of a new one, without brackets. */
  readonly header: string;
  /** `null` takes a key out. */
  readonly values: Readonly<Record<string, string | null>>;
}

/**
 * The text of an AWS file with `values` set in one section. A key that it has keeps its place, in each section of that name;
 * a section that is missing comes last. All other lines stay as they are, byte for byte.
 * https://docs.aws.amazon.com/sdkref/latest/guide/file-format.html
 */
export function setSectionValues(text: string, { isSection, header, values }: SectionEdit): string {
  const end = text.includes('\r\n') ? '\r\n' : '\n';
  const lines = text === '' ? [] : text.split(/(?<=\n)/);
  const sections = parseIni(text).filter(isSection);
  const present = Object.entries(values).filter((entry): entry is [string, string] => entry[1] !== null);
  const [first] = sections;
  if (first === undefined) {
    if (present.length === 0) return text;
    const gap = text === '' ? '' : `${text.endsWith('\n') ? '' : end}${end}`;
    return `${text}${gap}[${header}]${end}${present.map(([key, value]) => `${key} = ${value}${end}`).join('')}`;
  }
  const left = new Map(present);
  for (const { key, line } of sections.flatMap(({ properties }) => properties)) {
    if (!Object.hasOwn(values, key)) continue;
    left.delete(key);
    const [written, value] = present.find(([name]) => name === key) ?? (isIndented(lines.slice(line)) ? present[0] : undefined) ?? [];
    lines[line - 1] = written === undefined ? '' : `${written} = ${value}${/\r?\n$/.exec(lines[line - 1] ?? '')?.[0] ?? ''}`;
  }
  const heading = lines[first.line - 1] ?? '';
  const added = [...left].map(([key, value]) => `${key} = ${value}${end}`).join('');
  if (added !== '') lines[first.line - 1] = `${heading}${heading.endsWith('\n') ? '' : end}${added}`;
  return lines.join('');
}

/** Whether the next line that says something is indented: it would be read as part of a setting above, once what stands between them goes. */
function isIndented(lines: readonly string[]): boolean {
  return /^\s/.test(lines.find((line) => !/^\s*(?:$|[;#])/.test(line)) ?? '');
}
