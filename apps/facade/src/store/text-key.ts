/** The key by which texts are compared and ordered: lower case in Unicode's composed form (NFC). */
export function textKey(text: string): string {
  return text.normalize("NFC").toLowerCase();
}
