/** `text` without its percent-encoding; `null` where that is none of UTF-8. https://www.rfc-editor.org/rfc/rfc3986#section-2.1 */
export function decoded(text: string): string | null {
  try {
    return decodeURIComponent(text);
  } catch {
    return null;
  }
}
