/** The key by which texts are compared and ordered: lower case in Unicode's composed form (NFC). */
export function textKey(text: string): string {
  return text.normalize("NFC").toLowerCase();
}

/** Compares by code points, which is the order of UTF-8 bytes in databases; UTF-16 code units have another one. */
export function compareCodePoints(one: string, other: string): number {
  let at = 0;
  while (at < one.length && one.charCodeAt(at) === other.charCodeAt(at)) at += 1;
  return (one.codePointAt(at) ?? -1) - (other.codePointAt(at) ?? -1);
}
