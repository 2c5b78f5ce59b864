/** What stands in our own words beyond ASCII, and how it is written without. */
const spellings: Readonly<Record<string, string>> = { '…': '...', '→': '->', '≠': '!=', '–': '-', '—': '-', '·': '-', '“': '"', '”': '"', '‘': "'", '’': "'" };

const signs = new RegExp(`[${Object.keys(spellings).join('')}]`, 'g');

/** `text` for a terminal or a log that is not UTF-8. What a person has given names to stays as it is. */
export function spelledInAscii(text: string): string {
  return text.replaceAll(signs, (sign) => spellings[sign] ?? sign);
}

/** `json` with the same values in ASCII alone. https://www.rfc-editor.org/rfc/rfc8259#section-7 */
export function jsonInAscii(json: string): string {
  return json.replaceAll(/[^\0-\u007F]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`);
}
